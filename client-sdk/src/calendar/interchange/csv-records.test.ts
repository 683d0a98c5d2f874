import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, test, vi } from 'vitest'
import { readRecords, writeRecords } from './csv-records.ts'

const read = (text: string, delimiter = ',') => [...readRecords(text, delimiter)]
const cellsOf = (text: string, delimiter = ',') => read(text, delimiter).map(({ cells }) => cells)

describe('records', () => {
  test.each([
    [
      'plain cells',
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'CRLF, of which the last cell has nothing',
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'CR alone',
      'a,b\rc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'quotes, doubled ones and line ends in cells',
      'a,"b ""c""\n,d"\ne,f',
      [
        ['a', 'b "c"\n,d'],
        ['e', 'f'],
      ],
    ],
    [
      'empty quoted cells',
      'a,b\n"",c\nd,""',
      [
        ['a', 'b'],
        ['', 'c'],
        ['d', ''],
      ],
    ],
    ['a quotation mark within a plain cell', 'a"b",c', [['a"b"', 'c']]],
    ['blanks behind a quoted cell', '"a" ,"b"\t\r\n', [['a', 'b']]],
    ['a byte order mark', '\uFEFF"a",b', [['a', 'b']]],
    [
      'blank lines and rows',
      '\n\na,b\n,\n  ,\nc,d\n\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['nothing', '', []],
  ])('are read with %s', (_, text, expected) => {
    expect(cellsOf(text)).toEqual(expected)
  })

  test('have the line on which they begin', () => {
    expect(read('a,b\n\n"c\nc\nc",d\ne,f').map(({ line }) => line)).toEqual([1, 3, 6])
  })

  test('are broken alone by a misplaced or a missing quotation mark', () => {
    const broken = (text: string) => read(text).map(({ line, broken }) => [line, broken])
    expect(broken('a,b\nc,"d" e\nf,g')).toEqual([
      [1, undefined],
      [2, 'misplaced-quote'],
      [3, undefined],
    ])
    expect(broken('a,b\nc,"d\nf,g')).toEqual([
      [1, undefined],
      [2, 'misplaced-quote'],
      [3, undefined],
    ])
    expect(broken('a,b\nc\nf,g,h\ni,j,,')).toEqual([
      [1, undefined],
      [2, 'cell-count'],
      [3, 'cell-count'],
      [4, undefined],
    ])
  })

  test('behind a broken one are read as if it were not there', () => {
    const text = 'a,b\n1,"never closed\n2,"two\nlines"\n3,x\n4,"y"\n'
    expect(cellsOf(text)).toEqual([['a', 'b'], [], ['2', 'two\nlines'], ['3', 'x'], ['4', 'y']])
  })
})

const cell = fc
  .array(fc.constantFrom('"', ',', ';', '\t', '\n', '\r', '\r\n', ' ', 'a', '=', 'é😀', '\uFEFF'), {
    maxLength: 8,
  })
  .map((parts) => parts.join(''))
/** Rows of one width of which none is blank, so that none is left out. */
const table = fc
  .integer({ min: 1, max: 4 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }),
  )
  .map((rows) => rows.map((row) => [...row, 'x']))

describe('writing', () => {
  test('is undone by reading, here and in Papa Parse', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const text = writeRecords(rows)
        expect(cellsOf(text)).toEqual(rows)
        const { data } = Papa.parse<string[]>(text, {
          delimiter: ',',
          newline: '\r\n',
          skipEmptyLines: true,
        })
        expect(data).toEqual(rows)
      }),
      { numRuns: 500 },
    )
  })

  test('of Papa Parse is read the same', () => {
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t'), (rows, delimiter) => {
        const text = Papa.unparse(rows, { delimiter, newline: '\n', quotes: true })
        expect(cellsOf(text, delimiter)).toEqual(rows)
      }),
      { numRuns: 500 },
    )
  })
})

/** Characters that are looked at while `run` runs, by the ways in which the reader looks at them. */
function charactersRead(run: () => void): number {
  let count = 0
  const { indexOf, charCodeAt } = String.prototype
  vi.spyOn(String.prototype, 'indexOf').mockImplementation(function (
    this: string,
    sought,
    from = 0,
  ) {
    const found = indexOf.call(this, sought, from)
    count += (found < 0 ? this.length : found) - from + 1
    return found
  })
  vi.spyOn(String.prototype, 'charCodeAt').mockImplementation(function (this: string, at) {
    count += 1
    return charCodeAt.call(this, at)
  })
  try {
    run()
  } finally {
    vi.restoreAllMocks()
  }
  return count
}

describe('work', () => {
  test.each([
    ['sound rows', '1,"a, b"\n'],
    ['quotes that are never closed', '1,"x\n'],
    ['lines that open and close at once', '",x","\n'],
    ['misplaced quotes over lines', '"a\nb"c\n"\n'],
    ['too few cells', '1\n'],
    ['doubled quotes', '""\n'],
    ['blank rows', ' \n'],
  ])('grows no faster than the text: %s', (_, row) => {
    for (const before of ['', '1,"', '"'])
      for (const after of ['', '"', '"\n']) {
        const work = (rows: number) =>
          charactersRead(() => read(`a,b\n${before}${row.repeat(rows)}${after}`))
        expect(work(800)).toBeLessThan(2.1 * work(400))
      }
  })

  test('of any text is a few looks at each character', () => {
    const parts = fc.array(fc.constantFrom('"', '""', ',', '\n', 'a', '",', ',"'), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(parts, parts, (once, again) => {
        const text = `a,b\n${once.join('')}${again.join('').repeat(200)}`
        expect(charactersRead(() => read(text))).toBeLessThan(12 * text.length + 100)
      }),
      { numRuns: 500 },
    )
  })
})
