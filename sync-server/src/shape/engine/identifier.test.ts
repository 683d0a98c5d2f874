import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseNames, parseTableName, quoteTable } from './identifier.ts'
import { quoteName } from './sql.ts'

test.each([
  ['issues', 'public', 'issues'],
  ['Issues', 'public', 'issues'],
  ['"Issues"', 'public', 'Issues'],
  ['Big.Table', 'big', 'table'],
  ['"a.b"."c""d"', 'a.b', 'c"d'],
  ['über.straße', 'über', 'straße'],
  ['_a1$', 'public', '_a1$'],
])('%s is a table', (text, schema, name) => {
  expect(parseTableName(text)).toEqual({ schema, name })
})

test.each(['', '1a', 'a b', 'a.b.c', '"a', 'a"b"', '""', 'a;b', 'a.', '.a', "a'b"])(
  '%j is no table',
  (text) => {
    expect(parseTableName(text)).toBeUndefined()
  },
)

test('lists of names', () => {
  expect(parseNames('id, Title,"a,""b" ')).toEqual(['id', 'title', 'a,"b'])
  for (const text of ['', 'a,', ',a', 'a b', 'a,,b', '"a']) expect(parseNames(text)).toBeUndefined()
})

test('whatever is quoted is read again', () => {
  const anyName = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((text) => !text.includes('\0'))
  fc.assert(
    fc.property(anyName, anyName, (schema, name) => {
      expect(parseTableName(quoteTable({ schema, name }))).toEqual({ schema, name })
      expect(parseNames([schema, name].map(quoteName).join(','))).toEqual([schema, name])
    }),
  )
})
