import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { extractText, getDocumentProxy } from 'unpdf'
import { beforeAll, describe, expect, test } from 'vitest'
import { addDays } from '../calendar/civil-date.ts'
import { englishCharts } from '../charts/english.ts'
import { sampleCycle, sampleLengths, sampleSymptoms, sampleYear } from '../charts/sample-data.ts'
import { cycleLengthChart } from '../charts/cycle-length-chart.ts'
import { symptomPhaseChart } from '../charts/symptom-phase-chart.ts'
import { temperatureChart } from '../charts/temperature-chart.ts'
import { yearChart } from '../charts/year-chart.ts'
import { germanReport } from './german.ts'
import { createPdfReport, reportParts, type PdfReportInput } from './pdf-report.ts'
import { reportChartWidth } from './pdf-sections.ts'
import type { ReportFonts } from './pdf-typefaces.ts'
import { sampleReport } from './sample-diary.ts'

const require = createRequire(import.meta.url)
const fontsIn = (packageFile: string, names: readonly string[]): Uint8Array[] =>
  names.map(
    (name) =>
      new Uint8Array(readFileSync(join(dirname(packageFile), 'files', `${name}-normal.woff`))),
  )
const noto = (weight: number): Uint8Array[] =>
  fontsIn(
    require.resolve('@fontsource/noto-sans/package.json'),
    ['latin', 'latin-ext', 'cyrillic'].map((script) => `noto-sans-${script}-${weight}`),
  )
const dejavu = (weight: number): Uint8Array[] =>
  fontsIn(require.resolve('@fontsource/dejavu-sans/package.json'), [`dejavu-sans-latin-${weight}`])
const fonts: ReportFonts = { regular: noto(400), bold: noto(700) }

const options = { words: englishCharts, width: reportChartWidth }
const charts = [
  temperatureChart(sampleCycle, options),
  cycleLengthChart(sampleLengths, options),
  symptomPhaseChart(sampleSymptoms, options),
  yearChart(sampleYear, options),
]
const full: PdfReportInput = { ...sampleReport, contents: reportParts, charts, fonts }

/** Text of each page, with single blanks. */
async function pagesOf(bytes: Uint8Array): Promise<string[]> {
  // The reader takes the buffer for itself.
  const pdf = await getDocumentProxy(bytes.slice(), { verbosity: 0 })
  const { text } = await extractText(pdf, { mergePages: false })
  return text.map((page) => page.replaceAll(/\s+/g, ' '))
}

const textOf = async (input: PdfReportInput): Promise<string> =>
  (await pagesOf(await createPdfReport(input))).join('\n')

describe('the whole report', () => {
  let bytes: Uint8Array
  let pages: string[]
  beforeAll(async () => {
    bytes = await createPdfReport(full)
    pages = await pagesOf(bytes)
  })

  test('says on its first page what it is, which days it covers and what it is not', () => {
    expect(pages[0]).toContain('Cycle report')
    expect(pages[0]).toContain('5 Jan 2026 to 10 Apr 2026')
    expect(pages[0]).toContain('Not contraception, not a diagnosis.')
    expect(pages[0]).toContain('INSIGHT-TEXT one')
  })

  test('has the numbers of the summary', () => {
    for (const text of [
      'Last period began 31 Mar 2026',
      'Complete cycles that count 3',
      'Length, mean 28.3 days, standard deviation 1.5',
      'Length, median 28 days',
      'Shortest and longest 27–30 days',
      'spotting 4, light 4, medium 4, heavy 4',
      'Days on which bleeding kept from daily life 4',
      'Readings 7 (36.40 °C to 36.75 °C)',
      'Cramps 8 24% of 33',
    ])
      expect(pages.join(' ')).toContain(text)
  })

  test('numbers its pages and warns on each', () => {
    expect(pages.length).toBeGreaterThanOrEqual(4)
    for (const [index, page] of pages.entries()) {
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`)
      expect(page).toContain('Not contraception, not a diagnosis.')
    }
  })

  test('has each chart with its title, its numbers and its summary', () => {
    const text = pages.join(' ')
    for (const { title, summary } of charts) {
      expect(text).toContain(title)
      expect(text).toContain(summary)
    }
    expect(text).toContain('75% 36/48')
    expect(text).toContain('Fertile days are estimates. This is not contraception.')
  })

  test('has each day in the table', () => {
    const text = pages.join(' ')
    expect(text).toContain('6 Jan 2026 2 heavy, keeps from daily life')
    expect(text).toContain('13 Jan 2026 9 (38.10)')
    expect(text).toContain('Sad, Anxious, dizzy')
    expect(text).toContain('Pregnancy test: negative; Sleep: 5.5 h, poor; Weight: 61.2 kg')
  })

  test('has notes, but nothing about sex', () => {
    const text = pages.join(' ')
    expect(text).toContain('NOTE-TEXT: slept badly')
    expect(text).not.toContain('SECRET-SEX')
  })

  test('is the same bytes for the same input, and says when it was made, not when it ran', async () => {
    expect(Buffer.compare(await createPdfReport(full), bytes)).toBe(0)
    const raw = new TextDecoder('latin1').decode(bytes)
    expect(raw.includes('D:20260410000000Z')).toBe(true)
  })

  test('is tagged: language, headings, tables and figures with their words', () => {
    const raw = new TextDecoder('latin1').decode(bytes)
    const count = (pattern: RegExp): number => raw.match(pattern)?.length ?? 0
    expect(count(/\/Lang \(en\)/g)).toBe(1)
    expect(count(/\/Marked true/g)).toBe(1)
    for (const tag of ['Document', 'H1', 'H2', 'P', 'Table', 'TR', 'TH', 'TD'])
      expect(count(new RegExp(`/S /${tag}\\b`, 'g')), tag).toBeGreaterThan(0)
    expect(count(/\/S \/Figure\b/g)).toBe(charts.length)
    // Text with characters beyond ASCII is UTF-16 with the high byte first.
    const alt = Array.from('Cycle from 20 Feb 2026', (character) => `\0${character}`).join('')
    expect(raw.includes(`/Alt (\u00FE\u00FF${alt}`)).toBe(true)
  })

  test('embeds only the part of each font that it needs', () => {
    expect(bytes.length).toBeLessThan(400_000)
  })
})

describe('contents', () => {
  const marks = {
    summary: 'How to read this report',
    charts: 'Charts',
    table: 'Day by day',
    notes: 'NOTE-TEXT',
  } as const

  test.each(reportParts)('%s alone', async (part) => {
    const text = await textOf({ ...full, contents: [part] })
    for (const other of reportParts) {
      if (other === part) expect(text).toContain(marks[other])
      else expect(text).not.toContain(marks[other])
    }
  })

  test('days outside the range are left out', async () => {
    const { from } = full.range
    const text = await textOf({
      ...full,
      range: { from, to: addDays(from, 1) },
      contents: ['table', 'notes'],
    })
    expect(text).toContain('6 Jan 2026')
    expect(text).not.toContain('7 Jan 2026')
    expect(text).toContain('No notes were written in these days.')
  })

  test('an empty range says so', async () => {
    const text = await textOf({ ...full, days: [], cycles: [], charts: [], insights: [] })
    for (const said of [
      'Nothing was noted in these days.',
      'There are no charts for these days.',
      'No symptoms were noted.',
      'Complete cycles that count 0',
    ])
      expect(text).toContain(said)
  })

  test('a name is there when it is given, and in no other place', async () => {
    expect(await textOf({ ...full, name: 'Zoë Müller-Łukasz', contents: [] })).toContain(
      'Name Zoë Müller-Łukasz',
    )
    expect(await textOf({ ...full, contents: [] })).not.toContain('Name')
  })

  test('speaks German', async () => {
    const text = await textOf({ ...full, words: germanReport, charts: [] })
    expect(text).toContain('Zyklusbericht')
    expect(text).toContain('Kein Mittel zur Verhütung, keine Diagnose.')
    expect(text).toContain('28,3 Tage')
  })
})

describe('long reports', () => {
  const start = full.range.from
  const year = Array.from({ length: 365 }, (_, index) => ({
    date: addDays(start, index),
    values: { 'bleeding.value': index % 4, 'symptom.tags': ['one', 'two words', 'three'] },
  }))

  test('a year runs over pages, each with the header of the table, no day twice or missing', async () => {
    const pages = await pagesOf(
      await createPdfReport({
        ...full,
        days: year,
        range: { from: start, to: addDays(start, 364) },
        contents: ['table'],
      }),
    )
    expect(pages.length).toBeGreaterThan(8)
    for (const page of pages) expect(page).toContain('Date Day Bleeding')
    const dates = pages.join(' ').match(/\b\d{1,2} [A-Z][a-z]{2} 20\d\d (?=\d+ )/g) ?? []
    expect(new Set(dates).size).toBe(365)
    expect(dates).toHaveLength(365)
  })

  test('a note that is longer than a page goes on on the next', async () => {
    const words = Array.from({ length: 3_000 }, (_, index) => `w${index}`)
    const text = await textOf({
      ...full,
      days: [{ date: start, values: { 'note.value': words.join(' ') } }],
      contents: ['notes', 'table'],
    })
    for (const word of ['w0', 'w1499', 'w2999']) expect(text).toMatch(new RegExp(`\\b${word}\\b`))
  })

  test('a cell that is taller than a page is split, not cut', async () => {
    const tags = Array.from({ length: 900 }, (_, index) => `tag${index}`)
    const text = await textOf({
      ...full,
      days: [{ date: start, values: { 'symptom.tags': tags } }],
      contents: ['table'],
    })
    for (const tag of ['tag0', 'tag450', 'tag899']) expect(text).toMatch(new RegExp(`\\b${tag}\\b`))
  })

  test('a word that is wider than the page is broken, not cut', async () => {
    const word = 'abcdefghij'.repeat(60)
    const text = await textOf({
      ...full,
      days: [{ date: start, values: { 'note.value': word } }],
      contents: ['notes'],
    })
    expect(text.replaceAll(/\s/g, '')).toContain(word)
  })
})

describe('characters', () => {
  const noted = (note: string, more: Partial<PdfReportInput> = {}) =>
    textOf({
      ...full,
      ...more,
      days: [{ date: full.range.from, values: { 'note.value': note } }],
      contents: ['notes'],
    })

  test('of any script that a font has are there', async () => {
    const text = await noted('Größe, žluťoučký kůň, Привет, e\u0301te\u0301')
    expect(text).toContain('Größe, žluťoučký kůň, Привет, été')
    expect(text).not.toContain('lacks')
  })

  test('that no font has are shown as placeholders and counted', async () => {
    const text = await noted('a 你好 b 👩‍👧 c')
    expect(text).toMatch(/a (\S)\1 b \1 c/)
    expect(text).toMatch(/lacks are shown as \S: 3 in all/)
  })

  test('a further font is asked before a placeholder is set', async () => {
    const more: ReportFonts = {
      regular: [...fonts.regular, ...dejavu(400)],
      bold: [...fonts.bold, ...dejavu(700)],
    }
    const text = await noted('Ελλάδα ☑ ❤ 你', { fonts: more })
    expect(text).toContain('Ελλάδα ☑ ❤ ▯')
    expect(text).toMatch(/shown as ▯: 1 in all/)
  })

  test('control characters and lone surrogates do no harm', async () => {
    const text = await noted('a\u0000b\u0007c\td\uD800e')
    expect(text).toMatch(/abc d.e/)
  })

  test('without a font there is no report', async () => {
    await expect(createPdfReport({ ...full, fonts: { regular: [], bold: [] } })).rejects.toThrow(
      TypeError,
    )
  })
})
