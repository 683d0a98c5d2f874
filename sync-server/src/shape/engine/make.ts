/**
 * Makes shapes: reads their first rows and stores them with what the reading could see. Small shapes of
 * one table that are asked for at the same time are read in one transaction and stored by one statement.
 */
import { randomUUID } from 'node:crypto'
import type { Transaction } from '../../db/db.ts'
import { mostKeptBytes, type Bodies, type Body } from './bodies.ts'
import { captureChanges, type CaptureDeps } from './capture.ts'
import { cutChunks } from './chunk.ts'
import type { Definition } from './definition.ts'
import { expressionMs } from './judge.ts'
import { placeAfter } from './place.ts'
import type { Question } from './question.ts'
import { lockedSignatureSql, type Relation } from './relation.ts'
import { fromSql, keyOrderSql, rowMessageSql } from './shape-sql.ts'
import { quoteName } from './sql.ts'

export interface Makers {
  /**
   * Makes the shape and returns it, or nothing when another reader was first or the table changed its form.
   * @throws what Postgres says about a where whose values do not fit.
   */
  make(question: Question): Promise<Definition | undefined>
}

interface Deps extends CaptureDeps {
  /** How far the log is complete. */
  readonly settled: () => Promise<bigint>
  /** Takes large chunks, whose maker reads them next. */
  readonly bodies: Pick<Bodies, 'keep'>
}

/** More rows than this are read by a cursor. */
const fewRows = 200
const rowsAtOnce = 5000
/** Shapes made in one transaction. */
const mostAtOnce = 50
/** The longest that the next rows of a snapshot are waited for. */
const snapshotMs = 10_000

const messageSql = ({ relation, columns }: Question): string =>
  rowMessageSql(
    relation,
    columns,
    JSON.stringify({ operation: 'insert', relation: [relation.schema, relation.name] }),
  )

const fromWhereSql = ({ relation, where, changesOnly }: Question): string =>
  `FROM ${fromSql(relation)} WHERE ${changesOnly ? 'false AND ' : ''}(${where.sql}
    )`

/** In whatever order they come: sorting a large table costs more than reading it. */
const rowsSql = (question: Question): string =>
  `SELECT ${messageSql(question)} AS message ${fromWhereSql(question)}`

/** By key, but only once they are found: the key's index would be a long way to a few rows. */
const fewRowsSql = (question: Question): string => {
  const { relation } = question
  return `SELECT ${messageSql(question)} AS message FROM (
      SELECT ${quoteName(relation.name)}.* ${fromWhereSql(question)} LIMIT ${fewRows + 1}
    ) AS ${quoteName(relation.name)} ORDER BY ${keyOrderSql(relation)}`
}

/** What the transaction sees, and the last number taken, read after that (E4). */
interface Sight {
  readonly visible: string
  readonly freshAfter: bigint
}

async function look(tx: Transaction, relation: Relation): Promise<Sight | undefined> {
  const [seen] = await tx.query<Sight & { signature: string | null }>(
    `SELECT ${lockedSignatureSql(relation)} AS signature, pg_current_snapshot()::text AS visible,
       CASE WHEN is_called THEN last_value ELSE 0 END AS "freshAfter" FROM shape.change_id`,
  )
  return seen?.signature === relation.signature ? seen : undefined
}

const store = (tx: Transaction, made: readonly { question: Question; definition: Definition }[]) =>
  tx.query<{ handle: string }>(
    `INSERT INTO shape.definitions
       (handle, definition, relation, signature, base, visible, fresh_after, chunks)
     SELECT handle, decode(hash, 'hex'), relation, signature, base, visible, fresh_after, chunks
     FROM json_to_recordset($1::json) AS made(handle uuid, hash text, relation oid, signature text,
       base bigint, visible pg_snapshot, fresh_after bigint, chunks integer)
     ON CONFLICT (definition) WHERE superseded_at IS NULL DO NOTHING RETURNING handle`,
    [
      JSON.stringify(
        made.map(({ question: { hash }, definition: { base, freshAfter, ...rest } }) => ({
          ...rest,
          hash,
          base: String(base),
          fresh_after: String(freshAfter),
        })),
      ),
    ],
  )

const storeChunk = 'INSERT INTO shape.snapshots (handle, chunk, body) VALUES ($1, $2, $3)'

/** Another writer of the same rows was faster. */
const isOvertaken = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['23505', '40001', '42P01'].includes(String(error.code))

const describe = (question: Question, base: bigint, sight: Sight): Definition => ({
  handle: randomUUID(),
  relation: question.relation.oid,
  signature: question.relation.signature,
  base,
  freshAfter: sight.freshAfter,
  visible: sight.visible,
  chunks: 1,
})

export function createMakers(deps: Deps, chunkBytes: number): Makers {
  const { db, role, settled, bodies } = deps
  type Order = {
    readonly question: Question
    readonly made: PromiseWithResolvers<Definition | undefined>
  }
  const orders = new Map<string, Order[]>()

  /** The rows of a shape that has few; `undefined` when it has more. */
  async function fewMessages(tx: Transaction, question: Question): Promise<string[] | undefined> {
    const rows = await tx.query<{ message: string }>(fewRowsSql(question), question.params)
    const messages = rows.map(({ message }) => message)
    const bytes = messages.reduce((sum, message) => sum + Buffer.byteLength(message), 0)
    return messages.length > fewRows || bytes > chunkBytes ? undefined : messages
  }

  /** Orders that turn out large are left out and returned. */
  async function makeSmall(relation: Relation, all: readonly Order[]): Promise<readonly Order[]> {
    const base = placeAfter(await settled()).tx
    const left: Order[] = []
    const made: (Order & { definition: Definition; body: string })[] = []
    const stored = await db.transaction(
      async (tx) => {
        const sight = await look(tx, relation)
        if (!sight) return new Set<string>()
        await role.enter(tx, expressionMs)
        for (const order of all) {
          const messages = await fewMessages(tx, order.question)
          if (!messages) left.push(order)
          else
            made.push({
              ...order,
              definition: describe(order.question, base, sight),
              body: messages.join(','),
            })
        }
        if (made.length === 0) return new Set<string>()
        await role.leave(tx)
        const handles = new Set((await store(tx, made)).map(({ handle }) => handle))
        await tx.query(
          `INSERT INTO shape.snapshots (handle, chunk, body)
           SELECT handle, 0, body FROM json_to_recordset($1::json) AS made(handle uuid, body text)`,
          [
            JSON.stringify(
              made
                .filter(({ definition }) => handles.has(definition.handle))
                .map(({ definition, body }) => ({ handle: definition.handle, body })),
            ),
          ],
        )
        return handles
      },
      { isolation: 'repeatable read' },
    )
    for (const { definition, body, made: answer } of made)
      answer.resolve(stored.has(definition.handle) ? { ...definition, firstRows: body } : undefined)
    const seen = new Set([...left, ...made].map(({ question }) => question))
    for (const { question, made: answer } of all) if (!seen.has(question)) answer.resolve(undefined)
    return left
  }

  /** Reads by a cursor and stores chunk by chunk, so that no table is too large. */
  async function makeLarge(question: Question): Promise<Definition | undefined> {
    const base = placeAfter(await settled()).tx
    const made: Body[] = []
    const definition = await db.transaction(
      (tx) => readLarge(tx, { question, base }, (body) => made.push(body)),
      { isolation: 'repeatable read' },
    )
    if (definition) made.forEach((body, chunk) => bodies.keep(definition.handle, chunk, body))
    return definition
  }

  /** Stores chunk by chunk, and hands on the first ones. */
  async function readLarge(
    tx: Transaction,
    { question, base }: { question: Question; base: bigint },
    handOn: (body: Body) => void,
  ): Promise<Definition | undefined> {
    const sight = await look(tx, question.relation)
    if (!sight) return undefined
    const definition = describe(question, base, sight)
    if ((await store(tx, [{ question, definition }])).length === 0) return undefined
    await role.enter(tx, snapshotMs)
    await tx.query(`DECLARE first_rows NO SCROLL CURSOR FOR ${rowsSql(question)}`, question.params)
    const cut = cutChunks(chunkBytes)
    let chunks = 0
    let bytes = 0
    for (let isOver = false; !isOver;) {
      const rows = await tx.query<{ message: string }>(`FETCH ${rowsAtOnce} FROM first_rows`)
      isOver = rows.length < rowsAtOnce
      const cutNow = [
        ...rows.flatMap(({ message }) => cut.add(message)),
        ...(isOver ? cut.end() : []),
      ]
      if (cutNow.length === 0) continue
      await role.leave(tx)
      for (const text of cutNow) {
        await tx.query(storeChunk, [definition.handle, chunks++, text])
        const body = Buffer.from(text)
        bytes += body.length
        if (bytes <= mostKeptBytes) handOn(body)
      }
      if (!isOver) await role.enter(tx, snapshotMs)
    }
    await tx.query('UPDATE shape.definitions SET chunks = $2 WHERE handle = $1', [
      definition.handle,
      chunks,
    ])
    return { ...definition, chunks }
  }

  async function makeAll(relation: Relation, all: readonly Order[]): Promise<void> {
    await captureChanges(deps, relation)
    const left = await makeSmall(relation, all).catch((error: unknown) => {
      if (isOvertaken(error)) throw error
      // One of them is wrong; each is then made by itself, and finds out for itself.
      return all
    })
    for (const { question, made } of left) {
      try {
        made.resolve(await makeLarge(question))
      } catch (error) {
        if (isOvertaken(error)) made.resolve(undefined)
        else made.reject(error)
      }
    }
  }

  async function work(key: string): Promise<void> {
    for (;;) {
      const waiting = orders.get(key) ?? []
      const now = waiting.slice(0, mostAtOnce)
      const [first] = now
      if (!first) break
      orders.set(key, waiting.slice(mostAtOnce))
      try {
        await makeAll(first.question.relation, now)
      } catch (error) {
        for (const { made } of now)
          if (isOvertaken(error)) made.resolve(undefined)
          else made.reject(error)
      }
    }
    orders.delete(key)
  }

  return {
    make(question) {
      const { relation } = question
      const key = JSON.stringify([relation.oid, relation.signature])
      const made = Promise.withResolvers<Definition | undefined>()
      const waiting = orders.get(key)
      orders.set(key, [...(waiting ?? []), { question, made }])
      if (!waiting) void work(key)
      return made.promise
    },
  }
}
