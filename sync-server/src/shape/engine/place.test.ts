import { expect, test } from 'vitest'
import { chunkOffset, logOffset, parseOffset, placeAfter } from './place.ts'

test.each([
  ['-1', { kind: 'start' }],
  ['now', { kind: 'now' }],
  ['0_0', { kind: 'snapshot', chunk: 0 }],
  ['0_inf', { kind: 'snapshot', chunk: Number.MAX_SAFE_INTEGER }],
  ['12_4', { kind: 'log', tx: 12n, op: 4 }],
  ['12_inf', { kind: 'log', tx: 12n, op: Number.MAX_SAFE_INTEGER }],
  ['9223372036854775807_0', { kind: 'log', tx: 9223372036854775807n, op: 0 }],
])('%s is a place', (text, place) => {
  expect(parseOffset(text)).toEqual(place)
})

test.each(
  [
    [
      '',
      '0',
      '_',
      '1_',
      '_1',
      '1_-1',
      '-1_0',
      '1_inf_0',
      '1_infinity',
      'NOW',
      '1.5_0',
      '0x1_0',
      ' 1_0',
    ],
    ['9223372036854775808_0', '1_1000000000000000', '1_0\n'],
  ].flat(),
)('%j is none', (text) => {
  expect(parseOffset(text)).toBeUndefined()
})

test('what is handed out is understood', () => {
  expect(parseOffset(logOffset({ tx: 12n, op: 4 }))).toEqual({ kind: 'log', tx: 12n, op: 4 })
  expect(parseOffset(chunkOffset(3))).toEqual({ kind: 'snapshot', chunk: 3 })
})

test('the place after a transaction lies between it and the next', () => {
  expect(placeAfter(12n)).toEqual({ tx: 13n, op: 0 })
})
