/** Rows of a shape beside its stream, with what the reading could see, so that a client can join the two. */
import type { Db } from '../../db/db.ts'
import { orderFault, replaceParameters } from './expression.ts'
import { expressionMs } from './judge.ts'
import { snapshotFacts } from './message.ts'
import type { Question } from './question.ts'
import type { Faults, Subset } from './query.ts'
import { lockedSignatureSql, type Relation } from './relation.ts'
import type { ReaderRole } from './role.ts'
import { fromSql, keyOrderSql, rowMessageSql } from './shape-sql.ts'
import { quoteName } from './sql.ts'
import { everything, type Wheres } from './where.ts'

interface Deps {
  readonly db: Db
  readonly role: ReaderRole
  readonly wheres: Wheres
  /** From 0 up to 1. */
  readonly random: () => number
}

export type SubsetRead =
  | { readonly kind: 'rows'; readonly body: string }
  | { readonly kind: 'faults'; readonly faults: Faults }
  /** The table is another now. */
  | { readonly kind: 'emptied' }

/** Marks of snapshots, by which a client tells them apart. */
const mostMarks = 2 ** 31

const columnsOf = ({ queryable }: Question): string =>
  queryable ? queryable.map(quoteName).join(', ') : '*'

/** The name of a message among results: a bare name in an order means a result before it means a column. */
const told = 'shape message'

/** Rows of the shape; the subset's own where knows only the columns that it may. */
function rowsSql(question: Question, subset: { sql: string; order: string }, mark: number): string {
  const { relation, columns, where } = question
  const headers = JSON.stringify({
    operation: 'insert',
    relation: [relation.schema, relation.name],
    snapshot_mark: mark,
  })
  return `SELECT ${rowMessageSql(relation, columns, headers)} AS "${told}"
    FROM ${fromSql(relation)} WHERE (${where.sql}
    ) AND (${subset.sql}
    ) ORDER BY ${subset.order}`
}

/** Whether texts use only the columns that they may: Postgres says what it does not find. */
async function queryableFault(
  db: Db,
  question: Question,
  parts: { sql: string; order: string; params: readonly string[] },
): Promise<string | undefined> {
  if (!question.queryable) return undefined
  const name = quoteName(question.relation.name)
  try {
    await db.query(
      `SELECT FROM (SELECT ${columnsOf(question)} FROM ${fromSql(question.relation)} LIMIT 0) AS ${name}
       WHERE (${parts.sql}\n) ORDER BY ${parts.order}`,
      parts.params,
    )
    return undefined
  } catch {
    return 'uses a column that may not be queried'
  }
}

export interface Subsets {
  read(question: Question, subset: Subset): Promise<SubsetRead>
}

export function createSubsets({ db, role, wheres, random }: Deps): Subsets {
  async function check(relation: Relation, subset: Subset) {
    const checked = subset.where
      ? await wheres.check(relation, subset.where)
      : { ok: true as const, where: everything }
    if (!checked.ok) return { ok: false as const, faults: { subset__where: [checked.fault] } }
    if (checked.where.parameters > subset.params.length)
      return {
        ok: false as const,
        faults: {
          subset__params: [`parameter $${checked.where.parameters} was not provided`],
        },
      }
    const fault = subset.orderBy && (await orderFault(subset.orderBy))
    if (fault) return { ok: false as const, faults: { subset__order_by: [fault] } }
    return { ok: true as const, where: checked.where }
  }

  async function readRows(question: Question, sql: string, params: readonly string[]) {
    return db.transaction(
      async (tx) => {
        const [seen] = await tx.query<{ visible: string; taken: bigint; signature: string | null }>(
          `SELECT ${lockedSignatureSql(question.relation)} AS signature,
             pg_current_snapshot()::text AS visible,
             CASE WHEN is_called THEN last_value ELSE 0 END AS taken FROM shape.change_id`,
        )
        if (seen?.signature !== question.relation.signature) return undefined
        await role.enter(tx, expressionMs)
        const rows = await tx.query<{ [told]: string }>(sql, params)
        return { ...seen, messages: rows.map((row) => row[told]) }
      },
      { isolation: 'repeatable read', readOnly: true },
    )
  }

  return {
    async read(question, subset) {
      const { relation } = question
      const checked = await check(relation, subset)
      if (!checked.ok) return { kind: 'faults', faults: checked.faults }
      const { where } = checked
      const order = subset.orderBy ?? keyOrderSql(relation)
      const own = subset.params.slice(0, where.parameters)
      const fault = await queryableFault(db, question, { sql: where.sql, order, params: own })
      if (fault) return { kind: 'faults', faults: { subset__where: [fault] } }
      const mark = Math.floor(random() * mostMarks)
      // Its `$1…` follow the shape's own.
      const sql = replaceParameters(where, (n) => `$${n + question.where.parameters}`)
      const limit = subset.limit === undefined ? '' : ` LIMIT ${subset.limit}`
      const offset = subset.offset === undefined ? '' : ` OFFSET ${subset.offset}`
      const found = await readRows(
        question,
        `${rowsSql(question, { sql, order }, mark)}${limit}${offset}`,
        [...question.params, ...own],
      )
      if (!found) return { kind: 'emptied' }
      // Above the places of all transactions that were seen, and below those of all that follow.
      const metadata = {
        ...snapshotFacts(found.visible),
        database_lsn: String(found.taken + 1n),
        snapshot_mark: mark,
      }
      const body = `{"metadata":${JSON.stringify(metadata)},"data":[${found.messages.join(',')}]}`
      return { kind: 'rows', body }
    },
  }
}
