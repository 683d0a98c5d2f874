import { fieldNames, fields } from '@selene/client-sdk/calendar'
import { parseImport } from '@selene/client-sdk/interchange'
import { describe, expect, test } from 'vitest'
import { de } from '../../strings/de.ts'
import { en } from '../../strings/en.ts'
import { faultLine } from './fault-line.ts'
import { fieldName, groupedFields, valueName } from './field-name.ts'

const english = { text: en, locale: 'en-GB', units: {} }
const german = { text: de, locale: 'de', units: {} }

describe('names of fields', () => {
  test.each(Object.entries({ en, de }))('in %s each has one, and no two the same', (_, text) => {
    const names = fieldNames.map((field) => fieldName(field, text))
    expect(names.filter((name) => !name || name.includes('undefined'))).toEqual([])
    expect(new Set(names).size).toBe(fieldNames.length)
  })

  test('all are in some group', () => {
    const listed = groupedFields(() => true).flatMap(({ fields }) => fields)
    expect(new Set(listed)).toEqual(new Set(fieldNames))
  })

  test('a numbered answer is said by its word, counted from where the field begins', () => {
    expect(valueName('pain.strength', 1, en)).toBe('How strong: Mild')
    expect(valueName('bleeding.value', 0, de)).toBe('Blutung: Schmierblutung')
    expect(valueName('mood.happy', true, en)).toBe('Mood: Happy')
  })
})

describe('why something is left out', () => {
  test.each(fieldNames)('names %s in her language', (field) => {
    for (const wording of [english, german]) {
      const line = faultLine({ line: 3, code: 'impossible-value', field }, wording)
      expect(line).toContain(fieldName(field, wording.text))
      expect(line).not.toContain(field)
    }
  })

  test('a number has its limits, with her decimal sign', () => {
    const { min, max } = fields['weight.value']
    const fault = { index: 4, code: 'impossible-value', field: 'weight.value' } as const
    expect(faultLine(fault, english)).toBe(
      `Entry 5: Weight: a number from ${min} to ${max} is needed.`,
    )
  })

  test('a table tells by its lines', () => {
    const csv = [
      'date,bleeding.value,note.value',
      '2025-02-30,1,',
      '2025-03-01,9,',
      '2025-03-02,1,a,b',
      '2025-03-03,1,"a"b"',
      '2025-03-04,1,',
    ].join('\n')
    const parsed = parseImport(csv)
    if (!parsed.ok) throw new TypeError('it can be read')
    expect(parsed.faults.map((fault) => faultLine(fault, english))).toEqual([
      'Line 2: there is no date.',
      'Line 3: Bleeding: this is no value for it.',
      'Line 4: there are more or fewer cells than columns.',
      'Line 5: a quotation mark is missing or in the wrong place.',
    ])
    for (const fault of parsed.faults)
      expect(faultLine(fault, german)).toMatch(/^Zeile \d: [^:]+(: [^:]+)?[.]$/)
  })

  test('an entry is named with its list where a file has several', () => {
    const fault = { list: 'cycles', index: 4, code: 'period-length', most: 30 } as const
    expect(faultLine(fault, english)).toBe('“cycles”, entry 5: a period lasts from 1 to 30 days.')
    expect(faultLine({ list: 'days', code: 'no-list' }, german)).toBe('„days“: diese Liste fehlt.')
  })

  test('what is said of a whole file stands alone', () => {
    const [most, count] = [366_000, 12_345]
    expect(faultLine({ code: 'not-listed', count }, german)).toBe(
      '12345 weitere sind nicht aufgeführt.',
    )
    expect(faultLine({ code: 'too-many-days', most }, english)).toBe(
      'There are more than 366000 days; the rest is left out.',
    )
    expect(faultLine({ line: 1, code: 'repeated-column', column: 'date' }, english)).toBe(
      'Line 1: Date: this column occurs twice; the first was read.',
    )
  })
})
