import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import { addDays, civilDate } from '../calendar/civil-date.ts'
import type { Chart } from './chart.ts'
import { cycleLengthChart } from './cycle-length-chart.ts'
import { englishCharts } from './english.ts'
import { germanCharts } from './german.ts'
import { themes } from './paint.ts'
import { sampleCycle, sampleLengths, sampleSymptoms, sampleYear } from './sample-data.ts'
import { svgText, svgTree, type SvgElement } from './svg.ts'
import { symptomPhaseChart } from './symptom-phase-chart.ts'
import { temperatureChart } from './temperature-chart.ts'
import type { ChartWords } from './words.ts'
import { yearChart } from './year-chart.ts'

const languages: readonly (readonly [string, ChartWords])[] = [
  ['English', englishCharts],
  ['German', germanCharts],
]

const sampleCharts = (words: ChartWords, width = 360): readonly Chart[] => [
  temperatureChart(sampleCycle, { words, width }),
  cycleLengthChart(sampleLengths, { words, width }),
  symptomPhaseChart(sampleSymptoms, { words, width }),
  yearChart(sampleYear, { words, width }),
]

/** Reads an XML text to its end with a strict parser; returns what it says in text nodes. */
function readXml(text: string): string[] {
  const texts: string[] = []
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('text', (value) => texts.push(value))
  parser.write(text).close()
  return texts
}

function elementsOf(element: SvgElement): SvgElement[] {
  return [
    element,
    ...element.children.flatMap((child) => (typeof child === 'string' ? [] : elementsOf(child))),
  ]
}

const numericAttributes = new Set(
  'x y x1 y1 x2 y2 cx cy r rx width height fontSize strokeWidth fillOpacity'.split(' '),
)

/** What must hold for every drawing, whatever it was made from. */
function expectSound(chart: Chart): void {
  const tree = svgTree(chart, 'light')
  for (const { tag, attributes } of elementsOf(tree))
    for (const [name, value] of Object.entries(attributes)) {
      if (numericAttributes.has(name)) expect(value, `${tag} ${name}`).toSatisfy(Number.isFinite)
      if (name !== 'aria-label')
        expect(String(value), `${tag} ${name}`).not.toMatch(/NaN|Infinity|undefined/)
    }
  const texts = readXml(svgText(tree))
  expect(texts.join(' ')).not.toMatch(/NaN|undefined|\{\w+\}/)
  const told = [
    chart.title,
    chart.summary,
    ...chart.tables.flatMap(({ caption, columns, rows }) => [caption, ...columns, ...rows.flat()]),
  ]
  expect(told.join(' ')).not.toMatch(/NaN|undefined|\{\w+\}/)
  for (const { columns, rows } of chart.tables)
    for (const row of rows) expect(row).toHaveLength(columns.length)
}

describe.each(languages)('in %s', (_, words) => {
  test.each([280, 360, 680])('every chart is sound SVG at a width of %i', (width) => {
    for (const chart of sampleCharts(words, width)) {
      expectSound(chart)
      expect(chart.scene.width).toBe(width)
    }
  })

  test.each(themes)('every chart is well-formed in the theme %s', (theme) => {
    for (const chart of sampleCharts(words)) readXml(svgText(svgTree(chart, theme)))
  })

  test('has a name and a summary, and says both to a screen reader', () => {
    for (const chart of sampleCharts(words)) {
      const { attributes, children } = svgTree(chart)
      expect(attributes).toMatchObject({ role: 'img', 'aria-label': chart.title })
      const text = chart.warning ? `${chart.summary} ${chart.warning}` : chart.summary
      expect(children[0]).toEqual({ tag: 'desc', attributes: {}, children: [text] })
    }
  })
})

test('what shows fertile days says, drawn and read out, that it is not contraception', () => {
  for (const [index, chart] of sampleCharts(englishCharts).entries()) {
    const texts = readXml(svgText(svgTree(chart))).join(' ')
    const isLengths = index === 1
    expect(/not contraception/.test(texts), chart.title).toBe(!isLengths)
    expect(/not contraception/.test(chart.warning ?? ''), chart.title).toBe(!isLengths)
  }
  const { fertile, ...without } = sampleCycle
  expect(fertile).toBeDefined()
  expect(temperatureChart(without, { words: englishCharts }).warning).toBeUndefined()
})

test('text from outside is escaped and survives', () => {
  const name = `<script>"'&]]> \u0000\uD800 ok`
  const chart = symptomPhaseChart(
    { phases: [{ name: 'A', days: 2 }], symptoms: [{ name, counts: [1] }] },
    { words: { ...englishCharts, notContraception: '& "<b>"' }, width: 680 },
  )
  const text = svgText(svgTree({ ...chart, title: `"${name}"` }, 'light'))
  expect(text).not.toContain('<script')
  expect(text).not.toContain('\u0000')
  expect(readXml(text).join('')).toContain(`<script>"'&]]>`)
})

test('elements carry the names that React uses, the file those of SVG', () => {
  const tree = svgTree(sampleCharts(englishCharts)[0]!, 'light')
  const names = new Set(elementsOf(tree).flatMap(({ attributes }) => Object.keys(attributes)))
  expect([...names].filter((name) => name.includes('-'))).toEqual(['aria-label'])
  const text = svgText(tree)
  expect(text).toMatch(/ stroke-dasharray="/)
  expect(text).toMatch(/ text-anchor="/)
  expect(text).not.toMatch(/ (strokeWidth|fontSize|textAnchor|fillOpacity)=/)
})

const day = fc
  .integer({ min: -40, max: 400 })
  .map((days) => addDays(civilDate('2024-02-27')!, days))
const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, -1, 1e308),
)
const few = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(item, { maxLength: 12 })
const width = fc.oneof(fc.integer({ min: 100, max: 1200 }), number)
const start = civilDate('2024-02-27')!
/** Leaves out what is `undefined`, as optional properties want it. */
const partial = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record<T, never>(fields, { requiredKeys: [] })

const temperatureUnit = fc.constantFrom('celsius', 'fahrenheit')

const temperatureData = fc
  .record({
    readings: few(
      fc.record({
        date: day,
        celsius: fc.oneof(fc.double({ min: 30, max: 45 }), number),
        isLeftOut: fc.boolean(),
      }),
    ),
    more: partial({
      length: number,
      coverLine: fc.oneof(fc.double({ min: 30, max: 45 }), number),
      shift: fc.record({ base: few(day), high: few(day) }),
      bleeding: few(fc.record({ date: day, level: number })),
      mucus: few(fc.record({ date: day, quality: number, isPeak: fc.boolean() })),
      cervix: few(fc.record({ date: day, opening: number, firmness: number, position: number })),
      ovulationTests: few(fc.record({ date: day, result: number })),
      fertile: fc.record({ from: day, to: day, isPredicted: fc.boolean() }),
    }),
  })
  .map(({ readings, more }) => ({ start, readings, ...more }))

const lengthData = fc
  .record({
    cycles: few(fc.record({ start: day, length: number, isCounted: fc.boolean() })),
    more: partial({
      next: fc.record({
        start: day,
        likelihood: few(fc.record({ length: number, probability: number })),
        p10: number,
        p50: number,
        p90: number,
      }),
      usual: fc.oneof(fc.constant(null), fc.tuple(number, number)),
    }),
  })
  .map(({ cycles, more }) => ({ cycles, ...more }))

describe('any input', () => {
  test('a temperature curve has no number that is none', () => {
    fc.assert(
      fc.property(temperatureData, width, temperatureUnit, (data, wide, unit) =>
        expectSound(
          temperatureChart(data, { words: englishCharts, width: wide, temperatureUnit: unit }),
        ),
      ),
    )
  })

  test('cycle lengths have no number that is none', () => {
    fc.assert(
      fc.property(lengthData, width, (data, wide) =>
        expectSound(cycleLengthChart(data, { words: germanCharts, width: wide })),
      ),
    )
  })

  test('symptoms by phase have no number that is none', () => {
    const data = fc.record({
      phases: few(fc.record({ name: fc.string({ unit: 'binary' }), days: number })),
      symptoms: few(fc.record({ name: fc.string({ unit: 'binary' }), counts: few(number) })),
    })
    fc.assert(
      fc.property(data, width, (each, wide) => {
        const chart = symptomPhaseChart(each, { words: englishCharts, width: wide })
        readXml(svgText(svgTree(chart, 'dark')))
        for (const { attributes } of elementsOf(svgTree(chart)))
          expect(Object.values(attributes).join(' ')).not.toMatch(/\bNaN|Infinity/)
      }),
    )
  })

  test('a year has no number that is none', () => {
    const yearDay = fc
      .record({
        date: day,
        more: partial({
          bleeding: number,
          isBleedingPredicted: fc.boolean(),
          fertile: fc.constantFrom('observed' as const, 'predicted' as const),
        }),
      })
      .map(({ date, more }) => ({ date, ...more }))
    fc.assert(
      fc.property(few(yearDay), fc.integer({ min: 1, max: 9999 }), width, (days, year, wide) =>
        expectSound(yearChart({ year, days }, { words: germanCharts, width: wide })),
      ),
    )
  })
})
