import { expect, test } from 'vitest'
import { parseQuery } from './query.ts'

const faults = (text: string) => {
  const parsed = parseQuery(new URLSearchParams(text))
  return parsed.ok ? {} : parsed.faults
}

test.each([
  ['', { offset: ["can't be blank"] }],
  ['offset=', { offset: ["can't be blank"] }],
  ['offset=1', { offset: ['has invalid format'] }],
  ['offset=0_0', { handle: ["can't be blank when offset != -1"] }],
  ['offset=7_0&handle=', { handle: ["can't be blank when offset != -1"] }],
  ['offset=-1&live=true', { live: ["can't be true when offset == -1"] }],
  ['offset=now&live', { live: ["can't be true when offset is 'now'"] }],
  ['offset=1_0&handle=h&live_sse=true', { live_sse: ["can't be true unless live is also true"] }],
  ['offset=-1&log=some', { log: ['is invalid'] }],
  ['offset=x&log=y', { offset: ['has invalid format'], log: ['is invalid'] }],
])('%j is answered as Electric does', (text, expected) => {
  expect(faults(text)).toEqual(expected)
})

test.each([
  'offset=-1',
  'offset=-1&live=false',
  'offset=now&handle=any',
  'offset=3_0&handle=h&live',
])('%j is valid', (text) => {
  expect(faults(text)).toEqual({})
})

test('a bare live is live, and either name of events will do', () => {
  const parsed = parseQuery(
    new URLSearchParams('offset=3_0&handle=h&live&experimental_live_sse=true'),
  )
  expect(parsed).toMatchObject({ ok: true, query: { live: true, sse: true, offsetText: '3_0' } })
})
