/**
 * What is in a backup: lines of JSON, the first of which says what it is; then one document a line, by name. The same
 * content is always the same bytes.
 */
import { Problem, utf8 } from '@selene/shapes'
import * as v from 'valibot'
import type { PlainDocument } from '../docs/plain-content.ts'

const format = 'selene-backup'
const version = 1

const subject = v.pipe(v.string(), v.minLength(1))
const register = v.strictTuple([
  subject,
  v.string(),
  v.pipe(v.number(), v.safeInteger()),
  v.number(),
  v.nullable(v.union([v.string(), v.number(), v.boolean()])),
])
const mostNameBytes = 255
const line = v.strictObject({
  name: v.pipe(
    v.string(),
    v.check((name) => name !== '' && utf8(name).length <= mostNameBytes),
  ),
  registers: v.array(register),
  notes: v.array(v.strictTuple([v.string(), v.string()])),
})

const byName = (a: PlainDocument, b: PlainDocument): number =>
  a.name < b.name ? -1 : Number(a.name > b.name)

/** Documents that say nothing are left out. */
export function writeContent(documents: readonly PlainDocument[]): Uint8Array {
  const said = documents.filter(({ registers, notes }) => registers.length + notes.length > 0)
  const lines = said
    .toSorted(byName)
    .map(({ name, registers, notes }) => JSON.stringify({ name, registers, notes }))
  return utf8([JSON.stringify({ format, version }), ...lines, ''].join('\n'))
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

/** @throws {@link Problem} backup/newer-format, backup/damaged */
export function readContent(bytes: Uint8Array): PlainDocument[] {
  const [first, ...lines] = new TextDecoder().decode(bytes).split('\n')
  const head = v.safeParse(
    v.object({ format: v.literal(format), version: v.number() }),
    parseJson(first),
  )
  if (!head.success) throw new Problem('backup/damaged')
  if (head.output.version > version) throw new Problem('backup/newer-format')
  const documents = lines
    .filter((text) => text !== '')
    .map((text) => {
      const parsed = v.safeParse(line, parseJson(text))
      if (!parsed.success) throw new Problem('backup/damaged')
      return parsed.output
    })
  if (new Set(documents.map(({ name }) => name)).size < documents.length)
    throw new Problem('backup/damaged')
  return documents
}
