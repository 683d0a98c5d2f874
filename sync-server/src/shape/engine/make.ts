/**
 * Makes shapes: reads their first rows and stores them with what the reading could see. Small shapes of
 * one table that are asked for at the same time are read in one transaction and stored by one statement.
 */
import type { Transaction } from '../../db/db.ts'
import { captureChanges, type CaptureDeps } from './capture.ts'
import type { Definition } from './definition.ts'
import { expressionMs } from './judge.ts'
import type { LargeMaker } from './make-large.ts'
import { describe, fromWhereSql, look, messageSql, recordAll } from './making.ts'
import { placeAfter } from './place.ts'
import type { Question } from './question.ts'
import type { Relation } from './relation.ts'
import { keyOrderSql } from './shape-sql.ts'
import { quoteName } from './sql.ts'

export interface Makers {
  /**
   * Makes the shape and returns it, or nothing when another reader was first or the table changed its form.
   * @throws what Postgres says about a where whose values do not fit.
   */
  make(question: Question): Promise<Definition | undefined>
  /** Resolves when a shape whose first rows were told while it was made is recorded, or will not be; else at once. */
  underway(handle: string): Promise<void>
}

interface Deps extends CaptureDeps {
  /** How far the log is complete. */
  readonly settled: () => Promise<bigint>
  readonly large: LargeMaker
}

/** A shape with more rows than this is made alone. */
const fewRows = 200
/** Shapes made in one transaction. */
const mostAtOnce = 50

/** By key, but only once they are found: the key's index would be a long way to a few rows. */
const fewRowsSql = (question: Question): string => {
  const { relation } = question
  return `SELECT ${messageSql(question)} AS message FROM (
      SELECT ${quoteName(relation.name)}.* ${fromWhereSql(question)} LIMIT ${fewRows + 1}
    ) AS ${quoteName(relation.name)} ORDER BY ${keyOrderSql(relation)}`
}

/** Another writer of the same rows was faster. */
const isOvertaken = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['23505', '40001', '42P01'].includes(String(error.code))

export function createMakers(deps: Deps, chunkBytes: number): Makers {
  const { db, role, settled, large } = deps
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
        const handles = new Set((await recordAll(tx, made)).map(({ handle }) => handle))
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

  async function makeAll(relation: Relation, all: readonly Order[]): Promise<void> {
    await captureChanges(deps, relation)
    const left = await makeSmall(relation, all).catch((error: unknown) => {
      if (isOvertaken(error)) throw error
      // One of them is wrong; each is then made by itself, and finds out for itself.
      return all
    })
    for (const { question, made } of left) {
      try {
        made.resolve(await large.make(question, made.resolve))
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
    underway: large.underway,
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
