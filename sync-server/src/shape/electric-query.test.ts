import { shapeRequest, shapes, type ShapeName, type VaultId } from '@selene/shapes'
import { expect, test } from 'vitest'
import { electricQuery } from './electric-query.ts'

const mine = '11111111-1111-4111-8111-111111111111' as VaultId
const names = Object.keys(shapes) as ShapeName[]

test.each(names)('S24 %s is asked for as the gatekeeper decided', (name) => {
  const request = shapeRequest(name, mine)
  const query = electricQuery(request, new URLSearchParams('offset=-1'), 'between us')
  expect(Object.fromEntries(query)).toEqual({
    offset: '-1',
    table: `public.${name}`,
    columns: request.columns.join(','),
    where: request.where,
    'params[1]': mine,
    secret: 'between us',
  })
})

test('S24 what is decided is written over, were it in the protocol’s parameters', () => {
  const request = shapeRequest('vault_log', mine)
  const wider = new URLSearchParams(
    'table=accounts&table=sessions&columns=x&where=true&params[1]=other&secret=guess&offset=-1',
  )
  const clean = electricQuery(request, new URLSearchParams('offset=-1'), 's')
  const query = electricQuery(request, wider, 's')
  query.sort()
  clean.sort()
  expect(query.toString()).toBe(clean.toString())
})

test('names that Postgres would fold are quoted', () => {
  const request = {
    table: 't',
    columns: ['plain_1', 'Odd', 'a"b', 'a,b'],
    where: 'true',
    params: [],
  }
  expect(electricQuery(request, new URLSearchParams(), 's').get('columns')).toBe(
    'plain_1,"Odd","a""b","a,b"',
  )
})
