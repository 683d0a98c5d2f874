import { shapeRequest, shapes, type VaultId } from '@selene/shapes'
import { describe, expect, test } from 'vitest'
import { admitReader } from './gatekeeper.ts'

const mine = '11111111-1111-4111-8111-111111111111' as VaultId
const claims = { vault: mine }
const ask = (parameters: string, name = 'vault_log') =>
  admitReader(claims, name, new URLSearchParams(parameters))

const refused = (...faults: string[]) => ({ ok: false, code: 'request/invalid', faults })

describe('what is read is the shape and the claims, nothing else', () => {
  test.each([
    ['vault_log', 'vault_id'],
    ['doc_updates', 'vault_id'],
    ['contacts', 'owner_id'],
  ] as const)('%s is asked for the reader’s own rows', (name, owner) => {
    const verdict = ask('offset=-1', name)
    expect(verdict).toMatchObject({ ok: true, request: shapeRequest(name, mine) })
    expect(verdict.ok && verdict.request.params).toEqual([mine])
    expect(verdict.ok && verdict.request.where).toBe(`"${owner}" = $1`)
  })
  test('there is no shape but these', () => {
    expect(Object.keys(shapes)).toEqual(['vault_log', 'doc_updates', 'contacts'])
  })
  test.each(['accounts', 'sessions', 'public.vault_log', 'constructor', '__proto__', ''])(
    '%j is no shape',
    (name) => {
      expect(ask('offset=-1', name)).toEqual({ ok: false, code: 'shape/unknown' })
    },
  )
})

describe('of the client’s words only the protocol’s pass', () => {
  const passing = [
    'offset=-1',
    'offset=0_inf&handle=h',
    'offset=12_0&handle=h&live=true&cursor=123',
    'offset=12_0&handle=h&live=true&live_sse=true&experimental_live_sse=true',
    'offset=-1&log=full&expired_handle=h&cache-buster=x',
    '',
  ]
  test.each(passing)('%j passes as it is', (parameters) => {
    const verdict = ask(parameters)
    expect(verdict.ok && verdict.protocol.toString()).toBe(parameters)
  })
  const forbidden = [
    'table',
    'where',
    'params',
    'params[1]',
    'columns',
    'queryable_columns',
    'replica',
    'secret',
    'api_secret',
    'subset__where',
    'subset__params',
    'subset__limit',
    'subset__offset',
    'subset__order_by',
    'experimental_compaction',
    'database_id',
    'OFFSET',
    'offset ',
    'anything',
  ]
  test.each(forbidden)('%j is refused by name', (name) => {
    const parameters = new URLSearchParams({ offset: '-1', [name]: 'x' })
    expect(ask(parameters.toString())).toEqual(
      refused(`${JSON.stringify(name)} is not a parameter of a shape`),
    )
  })
  test('a parameter given twice is refused, as two readers might take different ones', () => {
    expect(ask('offset=-1&offset=0_0&handle=a')).toEqual(
      refused('"offset" is given more than once'),
    )
  })
  test('every fault is told, and no value', () => {
    const verdict = ask(`where=secret&where=more&handle=a&handle=b&cursor=${'9'.repeat(201)}`)
    expect(verdict).toEqual(
      refused(
        '"where" is not a parameter of a shape',
        '"handle" is given more than once',
        '"cursor" is too long',
      ),
    )
    expect(JSON.stringify(verdict)).not.toContain('secret')
  })
  test('what passes is a copy', () => {
    const parameters = new URLSearchParams('offset=-1')
    const verdict = admitReader(claims, 'vault_log', parameters)
    parameters.set('offset', '5_0')
    expect(verdict.ok && verdict.protocol.get('offset')).toBe('-1')
  })
})
