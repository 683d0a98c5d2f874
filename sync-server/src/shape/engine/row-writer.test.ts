import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutChunks } from './chunk.ts'
import type { Question } from './question.ts'
import { createRowWriter } from './row-writer.ts'

const question = (key: readonly string[]): Question => {
  const columns = ['id', 'a "b"', 'é']
  return {
    relation: {
      oid: 1,
      schema: 'odd.one',
      name: 'it"em',
      columns: columns.map((name) => ({ name, type: 'text' })),
      key,
      told: [],
      signature: '',
    },
    columns,
    where: {
      sql: 'true',
      equalities: [],
      isExact: true,
      parameters: 0,
      places: [],
      types: [],
    },
    params: [],
    queryable: undefined,
    replica: 'default',
    changesOnly: false,
    routes: [],
    isRouted: true,
    hash: '',
  }
}

type Values = readonly (string | null)[]

function rowBytes(values: Values): Buffer {
  const count = Buffer.alloc(2)
  count.writeInt16BE(values.length)
  const fields = values.flatMap((value) => {
    const length = Buffer.alloc(4)
    length.writeInt32BE(value === null ? -1 : Buffer.byteLength(value))
    return value === null ? [length] : [length, Buffer.from(value)]
  })
  return Buffer.concat([count, ...fields])
}

const header = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
const end = Buffer.from([0xff, 0xff])

function message({ relation, columns }: Question, values: Values): string {
  const parts = relation.key.map(
    (name) => `/"${values[columns.indexOf(name)]!.replaceAll('/', '//')}"`,
  )
  return JSON.stringify({
    key: `"odd..one"."it"em"${parts.join('')}`,
    value: Object.fromEntries(columns.map((name, index) => [name, values[index]])),
    headers: { operation: 'insert', relation: [relation.schema, relation.name] },
  })
}

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: fc.constantFrom('/', '"', '\\', '\n', '\v', '\u0001', 'é', '😀', 'a') }),
  fc.constant('x'.repeat(300)),
)
const rows = fc.array(fc.tuple(texts, texts, fc.option(texts)), { maxLength: 30 })

test('E10 messages are those of the rows, cut as they are everywhere', () => {
  const keys = fc.constantFrom(['id'], ['a "b"', 'id'])
  const property = fc.property(rows, keys, fc.integer({ min: 1, max: 3000 }), (all, key, bytes) => {
    const asked = question(key)
    const writer = createRowWriter(asked, { chunkBytes: bytes, mostBytes: 1e9 })
    const cut = cutChunks(bytes)
    const expected = all.flatMap((values) => cut.add(message(asked, values)))
    // The header comes alone, or with the first row.
    const [first, ...rest] = all.map(rowBytes)
    const told = first && bytes % 2 === 0 ? [Buffer.concat([header, first])] : [header, first]
    for (const piece of [...told, ...rest, end]) if (piece) writer.take(piece)
    const chunks = writer.end()!.map((body) => Buffer.from(body).toString())
    expect(chunks).toEqual([...expected, ...cut.end()])
  })
  fc.assert(property)
})

test('a long row has the room that it needs, whatever is in it', () => {
  const asked = question(['id'])
  const values = ['/\u0001'.repeat(150_000), '"'.repeat(300_000), null]
  const writer = createRowWriter(asked, { chunkBytes: 1e7, mostBytes: 1e9 })
  writer.take(header)
  writer.take(rowBytes(values))
  expect(Buffer.from(writer.end()![0]!).toString()).toBe(message(asked, values))
})

test('the first chunk is told of once, when another follows', () => {
  const told: string[] = []
  const begun = (first: Uint8Array): void => void told.push(Buffer.from(first).toString())
  const asked = question(['id'])
  const writer = createRowWriter(asked, { chunkBytes: 1, mostBytes: 1e9 }, begun)
  const row = (n: number): Values => [String(n), '', null]
  writer.take(header)
  writer.take(rowBytes(row(0)))
  expect(told).toEqual([])
  for (const n of [1, 2, 3]) writer.take(rowBytes(row(n)))
  writer.take(end)
  expect(told).toEqual([message(asked, row(0))])
  expect(writer.end()!.length).toBe(4)
})

test('no more is kept than may be', () => {
  const writer = createRowWriter(question(['id']), { chunkBytes: 1000, mostBytes: 5000 })
  for (let n = 0; n < 100; n++) writer.take(rowBytes([String(n), 'x'.repeat(100), null]))
  expect(writer.end()).toBeUndefined()
})
