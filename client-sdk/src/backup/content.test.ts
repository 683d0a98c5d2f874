import { utf8 } from '@selene/shapes'
import { describe, expect, test } from 'vitest'
import type { PlainDocument } from '../docs/plain-content.ts'
import { readContent, writeContent } from './content.ts'

const profile: PlainDocument = {
  name: 'profile',
  registers: [['setting|weightUnit', 'device', 1, 5, 'kg']],
  notes: [],
}
const month: PlainDocument = { name: 'month/2026-03', registers: [], notes: [['05', 'a\nb']] }
const fault = (text: string) => {
  try {
    return readContent(utf8(text))
  } catch (error) {
    return (error as { code: string }).code
  }
}
const head = '{"format":"selene-backup","version":1}\n'

describe('R6 the content of a backup', () => {
  test('is one document a line, in one order', () => {
    const lines = [
      '{"format":"selene-backup","version":1}',
      '{"name":"month/2026-03","registers":[],"notes":[["05","a\\nb"]]}',
      '{"name":"profile","registers":[["setting|weightUnit","device",1,5,"kg"]],"notes":[]}',
      '',
    ]
    const empty = { name: 'month/2026-04', registers: [], notes: [] }
    expect(writeContent([profile, empty, month])).toEqual(utf8(lines.join('\n')))
    expect(readContent(utf8(lines.join('\n')))).toEqual([month, profile])
  })

  test('of a newer version is refused as such', () => {
    expect(fault('{"format":"selene-backup","version":2,"more":true}\n{}')).toBe(
      'backup/newer-format',
    )
  })

  test.each([
    ['nothing', ''],
    ['another format', '{"format":"other","version":1}\n'],
    ['a line that is no JSON', `${head}{`],
    ['a register that is none', `${head}{"name":"a","registers":[["x","y",1,1,{}]],"notes":[]}`],
    ['a document without a name', `${head}{"name":"","registers":[],"notes":[]}`],
    ['a document twice', `${head}${'{"name":"a","registers":[],"notes":[]}\n'.repeat(2)}`],
  ])('%s is damaged', (_what, text) => {
    expect(fault(text)).toBe('backup/damaged')
  })
})
