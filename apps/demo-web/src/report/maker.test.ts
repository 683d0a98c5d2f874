import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import {
  addDays,
  cyclesFromDays,
  type CivilDate,
  type LoggedDay,
} from '@selene/client-sdk/calendar'
import { germanReport } from '@selene/client-sdk/report'
import { describe, expect, test } from 'vitest'
import { de } from '../strings/de.ts'
import { createReportMaker } from './maker.ts'
import { reportCharts, type PdfOrder } from './order.ts'

const start = '2026-01-01' as CivilDate

/** Four months of even cycles with a curve in each. */
const days: LoggedDay[] = Array.from({ length: 120 }, (_, i) => ({
  date: addDays(start, i),
  values: {
    'temperature.value': i % 28 < 14 ? 36.4 : 36.8,
    ...(i % 28 < 4 && { 'bleeding.value': 2, 'pain.cramps': true }),
    ...(i % 28 > 4 && { 'mucus.value': i % 28 === 13 ? 4 : 1 }),
    'note.value': 'Ωμέγα, Łódź',
  },
}))
const { cycles } = cyclesFromDays(days)

const order: PdfOrder = {
  language: 'de',
  range: { from: addDays(start, 28), to: addDays(start, 119) },
  madeOn: addDays(start, 119),
  days,
  cycles,
  insights: ['Ein Satz.'],
  contents: ['summary', 'charts', 'table', 'notes'],
  showsFertility: false,
  phaseNames: de.insights.phases,
}

const resolve = createRequire(import.meta.url).resolve
const font = async (weight: number): Promise<Uint8Array[]> =>
  Promise.all(
    ['latin', 'latin-ext', 'greek'].map((script) =>
      readFile(resolve(`@fontsource/noto-sans/files/noto-sans-${script}-${weight}-normal.woff`)),
    ),
  )
const maker = createReportMaker(async () => ({ regular: await font(400), bold: await font(700) }))

describe('the charts of a report', () => {
  const titles = reportCharts(order, germanReport).map(({ title }) => title)

  test('are of the range: its cycles, its years, and a curve for each cycle in it', () => {
    expect(titles).toHaveLength(3 + 4)
    expect(titles.filter((title) => title.includes('2026'))).toHaveLength(1 + 4)
  })

  test('show fertile days only by choice', () => {
    const warned = (showsFertility: boolean): number =>
      reportCharts({ ...order, showsFertility }, germanReport).filter(
        ({ title, warning }) => warning && title.includes('2026'),
      ).length
    expect(warned(false)).toBe(0)
    expect(warned(true)).toBeGreaterThan(0)
  })
})

test('a PDF is one, and the same order makes the same', async () => {
  const [one, another] = [await maker.pdf(order), await maker.pdf(order)]
  expect(one.type).toBe('application/pdf')
  expect(await one.slice(0, 5).text()).toBe('%PDF-')
  expect(await one.bytes()).toEqual(await another.bytes())
})

test('a FHIR bundle names nobody unless she does, and has no notes', async () => {
  const { contents: _, showsFertility: __, phaseNames: ___, ...common } = order
  const id = '0190a6b0-1d2e-7a3b-8c4d-5e6f70819203'
  const plain = await (await maker.fhir({ ...common, id, findings: ['irregular'] })).text()
  expect(JSON.parse(plain)).toMatchObject({ resourceType: 'Bundle', type: 'collection' })
  expect(plain).toContain('Ein Satz.')
  expect(plain).not.toContain('Łódź')
  const named = await maker.fhir({ ...common, id, findings: [], name: 'Lena' })
  expect(await named.text()).toContain('Lena')
  expect(plain).not.toContain('Lena')
})
