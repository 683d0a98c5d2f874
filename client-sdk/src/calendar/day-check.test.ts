import { describe, expect, test } from 'vitest'
import { checkDayChange } from './day-check.ts'
import {
  dripFieldNames,
  fieldNames,
  fields,
  isFieldName,
  sqlColumn,
  sqlType,
  type DayChange,
  type FieldName,
} from './field.ts'

const possible: Readonly<Record<FieldName, readonly unknown[]>> = Object.fromEntries(
  fieldNames.map((name) => {
    const field = fields[name]
    if (field.kind === 'integer') return [name, [field.min, field.max]]
    if (field.kind === 'decimal') return [name, [field.min, (field.min + field.max) / 2, field.max]]
    if (field.kind === 'flag') return [name, [true, false]]
    if (field.kind === 'time') return [name, ['00:00', '06:30', '23:59']]
    if (field.kind === 'tags')
      return [name, [['a'], ['a b', 'ä', '😀'], ['x'.repeat(field.maxLength)]]]
    return [name, ['a', 'x'.repeat(field.maxLength), 'ünïcødé 😀\r\n', ' ']]
  }),
) as never

const impossible: Readonly<Record<FieldName, readonly unknown[]>> = Object.fromEntries(
  fieldNames.map((name) => {
    const field = fields[name]
    const never = [undefined, {}, [], Number.NaN, Number.POSITIVE_INFINITY]
    if (field.kind === 'integer')
      return [name, [...never, field.min - 1, field.max + 1, 0.5, '1', true]]
    if (field.kind === 'decimal')
      return [name, [...never, field.min - 0.01, field.max + 0.01, '36.5', false]]
    if (field.kind === 'flag') return [name, [...never, 0, 1, 'true']]
    if (field.kind === 'time')
      return [name, [...never, '24:00', '6:30', '06:60', '06:30:00', '', 630]]
    if (field.kind === 'tags') {
      const many = Array.from({ length: field.maxCount + 1 }, (_, i) => `${i + 100}`)
      const lists = [['b', 'a'], ['a', 'a'], [' a'], ['a|b'], ['a\nb'], [''], [1], many]
      return [name, [...never, ...lists, ['x'.repeat(field.maxLength + 1)], 'a']]
    }
    return [name, [...never, '', 'x'.repeat(field.maxLength + 1), 'a\0b', '\uD800', 1]]
  }),
) as never

describe('fields', () => {
  test('begin with the columns of drip’s file, in the order of an export', () => {
    expect(dripFieldNames).toHaveLength(57)
    expect(fieldNames.slice(0, 57)).toEqual(dripFieldNames)
    expect(fieldNames.slice(0, 5)).toEqual([
      'temperature.value',
      'temperature.exclude',
      'temperature.time',
      'temperature.note',
      'bleeding.value',
    ])
    expect(new Set(dripFieldNames.map((name) => name.split('.')[0]))).toEqual(
      new Set('temperature bleeding mucus cervix note desire sex pain mood'.split(' ')),
    )
  })

  test('have one SQL column each, in snake case', () => {
    const columns = fieldNames.map(sqlColumn)
    expect(new Set(columns).size).toBe(columns.length)
    expect(columns.every((column) => /^[a-z]+(_[a-z]+)+$/.test(column))).toBe(true)
    expect(sqlColumn('bleeding.softTampon')).toBe('bleeding_soft_tampon')
    expect(sqlType('temperature.value')).toBe('double precision')
    expect(sqlType('bleeding.value')).toBe('smallint')
    expect(sqlType('mood.sad')).toBe('boolean')
    expect(sqlType('temperature.time')).toBe('text')
  })

  test('names from elsewhere are not fields', () => {
    expect(['constructor', '__proto__', 'date', 'temperature', ''].some(isFieldName)).toBe(false)
  })
})

describe('checkDayChange', () => {
  test('finds no fault with a possible value, nor with clearing a field', () => {
    for (const name of fieldNames) {
      expect(checkDayChange({ [name]: null })).toEqual({ faults: [], odd: [] })
      for (const value of possible[name])
        expect(checkDayChange({ [name]: value }).faults).toEqual([])
    }
  })

  test('finds fault with what cannot be, and names the field and its limit', () => {
    for (const name of fieldNames)
      for (const value of impossible[name]) {
        const { faults } = checkDayChange({ [name]: value })
        expect(faults).toHaveLength(1)
        expect(faults[0]).toMatch(new RegExp(`^${name}: .+ needed$`))
      }
    expect(checkDayChange({ 'bleeding.value': 4 }).faults).toEqual([
      'bleeding.value: a whole number from 0 to 3 is needed',
    ])
  })

  test('a field outside the table is a fault', () => {
    expect(checkDayChange({ 'height.value': 170 } as DayChange).faults).toHaveLength(1)
    expect(checkDayChange(JSON.parse('{"__proto__": true}') as DayChange).faults).toHaveLength(1)
  })

  test('says what is odd without refusing what is possible', () => {
    const fever = checkDayChange({ 'temperature.value': 39.4 })
    expect(fever).toEqual({
      faults: [],
      odd: ['temperature.value: usually between 35 and 38.5 °C'],
    })
    expect(checkDayChange({ 'temperature.value': 34.9 }).odd).toHaveLength(1)
    expect(checkDayChange({ 'temperature.value': 35 }).odd).toEqual([])
    expect(checkDayChange({ 'temperature.value': 38.5 }).odd).toEqual([])
    expect(checkDayChange({ 'sex.none': true, 'sex.condom': true }).odd).toHaveLength(1)
    expect(checkDayChange({ 'bleeding.none': true, 'bleeding.cup': true }).odd).toHaveLength(1)
    expect(checkDayChange({ 'sex.none': true, 'sex.partner': true }).odd).toEqual([])
    expect(checkDayChange({ 'sex.none': true, 'sex.condom': false }).odd).toEqual([])
  })

  test('messages never repeat a value or a foreign name', () => {
    const planted = 'violet-harbour-7731'
    const change = {
      'temperature.time': planted,
      'bleeding.value': planted,
      'note.value': `${planted}\0`,
      [planted]: true,
      'temperature.value': 44.4271,
    } as unknown as DayChange
    const said = JSON.stringify(checkDayChange(change))
    expect(said).not.toContain(planted)
    expect(said).not.toContain('44.4271')
  })
})
