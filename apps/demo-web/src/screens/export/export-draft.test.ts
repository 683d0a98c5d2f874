import type { CivilDate, Insight } from '@selene/client-sdk/calendar'
import { describe, expect, test } from 'vitest'
import {
  contentsOf,
  faultsOf,
  findingsOf,
  isSound,
  newExport,
  partsOf,
  rangeOf,
  withFormat,
  type ExportDraft,
} from './export-draft.ts'

const today = '2024-05-31' as CivilDate
const draft = (change: Partial<ExportDraft>): ExportDraft => ({ ...newExport, ...change })

describe('which days', () => {
  test.each([
    ['all', {}],
    ['three-months', { from: '2024-03-01', to: today }],
    ['six-months', { from: '2023-12-01', to: today }],
    ['year', { from: '2023-06-01', to: today }],
  ] as const)('%s', (range, days) => {
    expect(rangeOf(draft({ range }), today)).toEqual(days)
  })

  test('her own, as far as they are dates', () => {
    const own = draft({ range: 'own', from: '2024-02-29', to: '2024-02-30' })
    expect(rangeOf(own, today)).toEqual({ from: '2024-02-29' })
    expect(faultsOf(own)).toMatchObject({ from: false, to: 'date' })
    expect(faultsOf({ ...own, to: '2024-02-28' }).to).toBe('order')
    expect(isSound(faultsOf({ ...own, to: '2024-02-29' }))).toBe(true)
  })

  test('another format brings its usual days, unless she has chosen others', () => {
    expect(withFormat(newExport, 'json').range).toBe('all')
    expect(withFormat(withFormat(newExport, 'json'), 'fhir').range).toBe('year')
    expect(withFormat(draft({ range: 'six-months' }), 'json').range).toBe('six-months')
  })
})

describe('what is in it', () => {
  test('parts belong to reports, and what was noticed to the present', () => {
    expect(partsOf(newExport, today)).toContain('insights')
    const past = draft({ range: 'own', from: '2020-01-01', to: '2020-12-31' })
    expect(partsOf(past, today)).not.toContain('insights')
    expect(partsOf(draft({ format: 'fhir' }), today)).toEqual(['insights'])
    expect(partsOf(draft({ format: 'json' }), today)).toEqual([])
  })

  test('what was noticed stands in the summary', () => {
    expect(contentsOf(draft({ parts: new Set(['insights']) }))).toEqual(['summary'])
    expect(contentsOf(draft({ parts: new Set(['notes', 'table']) }))).toEqual(['table', 'notes'])
  })

  test('a report of nothing is refused, and a name without end', () => {
    expect(faultsOf(draft({ parts: new Set() })).parts).toBe(true)
    expect(faultsOf(draft({ parts: new Set(), format: 'fhir' })).parts).toBe(false)
    expect(faultsOf(draft({ name: 'x'.repeat(201) })).name).toBe(true)
    expect(faultsOf(draft({ name: 'x'.repeat(201), format: 'json' })).name).toBe(false)
  })

  test('findings are those with a code, each once', () => {
    const insight = (reason: Insight['reason']): Insight => ({ reason }) as Insight
    expect(
      findingsOf(
        ['normal', 'present', 'heavy', 'heavy', 'not-said'].map((one) => insight(one as never)),
      ),
    ).toEqual(['menorrhagia', 'intermenstrual'])
  })
})
