import { expect, test } from 'vitest'
import { plainLine, storableText } from './plain-text.ts'

test('C92 what hides or turns text is left out, and ends of lines are spaces', () => {
  const hidden = [
    '\u200b',
    '\u200f',
    '\u00ad',
    '\u061c',
    '\u202e',
    '\u2066',
    '\ufeff',
    '\0',
    '\u0007',
  ]
  for (const each of hidden) expect(plainLine(`A${each}da`)).toBe('Ada')
  for (const each of ['\n', '\r\n', '\u2028', '\u2029'])
    expect(plainLine(`A${each}da`)).toBe('A da')
  expect(plainLine('  Zoë \ud83d ')).toBe('Zoë \ufffd')
})

test('what can be stored keeps its lines', () => {
  expect(storableText('blue\ndoor\0 \udc00')).toBe('blue\ndoor \ufffd')
})
