/** Messages of a shape's stream, as JSON texts. */
import type { Change, RowText, Values } from './change.ts'
import type { Question } from './question.ts'

const control = (name: string, more: object = {}): string =>
  JSON.stringify({ headers: { control: name, ...more } })

export const mustRefetch: string = control('must-refetch')
/** `place` is the gap after everything that has been seen; clients resume at `<place>_0`. */
export const upToDate = (place: bigint): string =>
  control('up-to-date', { global_last_seen_lsn: String(place) })

/** What a snapshot sees; `visible` is Postgres' text of it, `xmin:xmax:xip,xip`. */
export function snapshotFacts(visible: string) {
  const [xmin = '', xmax = '', open] = visible.split(':')
  return { xmin, xmax, xip_list: open ? open.split(',') : [] }
}

export const snapshotEnd = (visible: string): string =>
  control('snapshot-end', snapshotFacts(visible))

type Row = Record<string, string | null>

/** The values of some columns, from those of all. */
function pick(
  { relation, columns }: Question,
  values: Values,
  keep: (column: string, index: number) => boolean = () => true,
): Row {
  const kept: [string, string | null][] = []
  relation.columns.forEach(({ name }, index) => {
    if (columns.includes(name) && keep(name, index)) kept.push([name, values[index] ?? null])
  })
  return Object.fromEntries(kept)
}

interface Content {
  readonly operation: 'insert' | 'update' | 'delete'
  readonly key: string
  readonly value: Row
  readonly old_value?: Row
  readonly more?: { readonly key_change_to: string } | { readonly key_change_from: string }
}

function deletion(question: Question, { key, values }: RowText): Content {
  const isKey = (column: string): boolean => question.relation.key.includes(column)
  const value = pick(question, values, question.replica === 'full' ? undefined : isKey)
  return { operation: 'delete', key, value }
}

const insertion = (question: Question, { key, values }: RowText): Content => ({
  operation: 'insert',
  key,
  value: pick(question, values),
})

function update(question: Question, before: RowText, after: RowText): Content {
  const differs = (_: string, index: number): boolean =>
    before.values[index] !== after.values[index]
  const wanted = (column: string, index: number): boolean =>
    question.relation.key.includes(column) || differs(column, index)
  return question.replica === 'full'
    ? {
        operation: 'update',
        key: after.key,
        value: pick(question, after.values),
        old_value: pick(question, before.values, differs),
      }
    : { operation: 'update', key: after.key, value: pick(question, after.values, wanted) }
}

/** A row's entry into the shape, its change within it, its exit; another key is a row gone and one come. */
function contentsOf(question: Question, { before, after }: Change): Content[] {
  if (!after) return before ? [deletion(question, before)] : []
  if (!before) return [insertion(question, after)]
  if (before.key === after.key) return [update(question, before, after)]
  return [
    { ...deletion(question, before), more: { key_change_to: after.key } },
    { ...insertion(question, after), more: { key_change_from: before.key } },
  ]
}

/** The messages of a change; `last` when it is the transaction's last in this shape. */
export function changeMessages(question: Question, change: Change, last: boolean): string[] {
  const { relation } = question
  const contents = contentsOf(question, change)
  return contents.map(({ operation, more, ...content }, index) =>
    JSON.stringify({
      ...content,
      headers: {
        operation,
        relation: [relation.schema, relation.name],
        lsn: String(change.tx),
        op_position: change.op + index,
        // Transaction ids are 32 bits on the wire.
        txids: [Number(BigInt.asUintN(32, change.xid))],
        ...more,
        ...(last && index === contents.length - 1 && { last: true }),
      },
    }),
  )
}

/** Whether the change is one for readers of the shape. */
export function isTold({ relation, columns }: Question, { before, after }: Change): boolean {
  if (!before || !after) return before !== after
  return relation.columns.some(
    ({ name }, index) => before.values[index] !== after.values[index] && columns.includes(name),
  )
}
