import { shapeRequest, shapes, type VaultId } from '@selene/shapes'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { electricQuery } from './electric-query.ts'
import { admitReader } from './gatekeeper.ts'

const mine = '11111111-1111-4111-8111-111111111111' as VaultId
const claims = { vault: mine }
const ask = (parameters: string, name = 'vault_log') =>
  admitReader(claims, name, new URLSearchParams(parameters))

const refused = (...faults: string[]) => ({ ok: false, code: 'request/invalid', faults })

describe('S24 what is read is the shape and the claims, nothing else', () => {
  test.each([
    ['vault_log', 'vault_id'],
    ['doc_snapshots', 'vault_id'],
    ['doc_updates', 'vault_id'],
    ['contacts', 'owner_id'],
  ] as const)('%s is asked for the reader’s own rows', (name, owner) => {
    const verdict = ask('offset=-1', name)
    expect(verdict).toMatchObject({ ok: true, request: shapeRequest(name, mine) })
    expect(verdict.ok && verdict.request.params).toEqual([mine])
    expect(verdict.ok && verdict.request.where).toBe(`"${owner}" = $1`)
  })
  test('there is no shape but these', () => {
    expect(Object.keys(shapes)).toEqual(['vault_log', 'doc_snapshots', 'doc_updates', 'contacts'])
  })
  test.each([
    'accounts',
    'sessions',
    'public.vault_log',
    'Vault_log',
    'VAULT_LOG',
    'vault_log ',
    'vault_log\0',
    'vault%5Flog',
    '"vault_log"',
    'vault_log/',
    '../vault_log',
    'constructor',
    '__proto__',
    'toString',
    '',
  ])('%j is no shape', (name) => {
    expect(ask('offset=-1', name)).toEqual({ ok: false, code: 'shape/unknown' })
  })
})

describe('S25 of the client’s words only the protocol’s pass', () => {
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
  const protectedNames = [
    'table',
    'columns',
    'where',
    'params',
    'replica',
    'secret',
    'api_secret',
    'queryable_columns',
    'database_id',
    'subset__where',
    'subset__params',
    'subset__limit',
    'subset__offset',
    'subset__order_by',
    'subset__where_expr',
    'experimental_compaction',
  ]
  /** Spellings under which some reader further in might take a name for another. */
  const disguises: Readonly<Record<string, (name: string) => string>> = {
    'as it is': (name) => name,
    'in capitals': (name) => name.toUpperCase(),
    'in mixed case': (name) => name.charAt(0).toUpperCase() + name.slice(1),
    'as an array': (name) => `${name}[]`,
    'as an element': (name) => `${name}[1]`,
    'as a deep object': (name) => `${name}[a][b]`,
    'inside an allowed object': (name) => `offset[${name}]`,
    'with a dot': (name) => `offset.${name}`,
    'encoded once more': (name) => encodeURIComponent(name).replace(/[a-z]/, percent),
    'encoded twice more': (name) => encodeURIComponent(percent(name)),
    'with a space before': (name) => ` ${name}`,
    'with a space behind': (name) => `${name} `,
    'with a zero byte': (name) => `${name}\0`,
    'with a line end': (name) => `${name}\r\n`,
    'as a path': (name) => `../${name}`,
    'behind a semicolon': (name) => `offset;${name}`,
    'behind an ampersand': (name) => `offset&${name}`,
    'in full-width letters': (name) => name.replace(/[a-z]/g, fullWidth),
  }
  const percent = (text: string): string => `%${text.charCodeAt(0).toString(16)}${text.slice(1)}`
  const fullWidth = (letter: string): string => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0)

  test.each(
    protectedNames.flatMap((name) =>
      Object.entries(disguises).map(([how, disguise]) => [name, how, disguise(name)] as const),
    ),
  )('%s %s is refused by name, alone and among good ones', (_, __, spelled) => {
    const expected = refused(`${JSON.stringify(spelled)} is not a parameter of a shape`)
    for (const others of [{}, { offset: '-1' }])
      expect(ask(new URLSearchParams({ ...others, [spelled]: 'x' }).toString())).toEqual(expected)
  })
  test.each(['OFFSET', 'Live', 'offset ', 'offset[]', 'cursor[0]', 'anything', ''])(
    'S25 %j is not one of the protocol’s',
    (name) => {
      expect(ask(new URLSearchParams({ [name]: 'x' }).toString())).toEqual(
        refused(`${JSON.stringify(name)} is not a parameter of a shape`),
      )
    },
  )
  test('a value stays a value, whatever it looks like', () => {
    const value = '0_0&where=true&table=accounts#?secret=x'
    const verdict = ask(new URLSearchParams({ offset: value, handle: 'h' }).toString())
    expect(verdict.ok && [...verdict.protocol]).toEqual([
      ['offset', value],
      ['handle', 'h'],
    ])
    expect(verdict.ok && verdict.request).toEqual(shapeRequest('vault_log', mine))
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

test('S24 S25 no words of a client change what is asked of the upstream', () => {
  const protocolNames = ['offset', 'handle', 'live', 'live_sse', 'cursor', 'log', 'cache-buster']
  const decidedNames = ['table', 'columns', 'where', 'params[1]', 'secret', 'replica']
  const name = fc.oneof(fc.constantFrom(...protocolNames, ...decidedNames), fc.string())
  const words = fc.array(fc.tuple(name, fc.string()), { maxLength: 6 })
  fc.assert(
    fc.property(words, (pairs) => {
      const verdict = ask(new URLSearchParams(pairs).toString())
      const isPlain =
        pairs.every(([key]) => protocolNames.includes(key)) &&
        new Set(pairs.map(([key]) => key)).size === pairs.length
      // Short values throughout: only names decide.
      expect(verdict.ok).toBe(isPlain)
      if (!verdict.ok) return
      const query = electricQuery(verdict.request, verdict.protocol, 'between us')
      for (const [key] of pairs) query.delete(key)
      expect(Object.fromEntries(query)).toEqual(
        Object.fromEntries(
          electricQuery(shapeRequest('vault_log', mine), new URLSearchParams(), 'between us'),
        ),
      )
    }),
  )
})
