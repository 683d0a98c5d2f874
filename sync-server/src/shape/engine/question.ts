/** What a reader asks for, resolved against its table; the same question has the same shape. */
import { createHash } from 'node:crypto'
import type { Queryable } from '../../db/db.ts'
import type { Equality } from './expression.ts'
import { parseTableName } from './identifier.ts'
import type { Faults, ProtocolQuery } from './query.ts'
import type { Relation, Relations } from './relation.ts'
import { quoteName } from './sql.ts'
import type { JudgedWhere, Wheres } from './where.ts'

/** A shape as it is asked for. */
export interface Asked {
  readonly table: string
  /** All of the table's unless told. */
  readonly columns?: readonly string[] | undefined
  readonly where?: string | undefined
  readonly params: readonly string[]
  /** What subsets may ask about; anything unless told. */
  readonly queryable?: readonly string[] | undefined
}

/** Of the table's rows only those with one text in one column matter. */
export interface Route {
  readonly column: string
  readonly value: string
}

export interface Question {
  readonly relation: Relation
  /** In the table's order. */
  readonly columns: readonly string[]
  readonly where: JudgedWhere
  readonly params: readonly string[]
  readonly queryable: readonly string[] | undefined
  readonly replica: 'default' | 'full'
  readonly changesOnly: boolean
  /** Equalities that texts decide. */
  readonly routes: readonly Route[]
  /** Whether the routes decide alone. */
  readonly isRouted: boolean
  /** Names the question: SHA-256, hexadecimal. */
  readonly hash: string
}

export type Resolved =
  | { readonly ok: true; readonly question: Question }
  | { readonly ok: false; readonly faults: Faults }

export interface ResolveDeps {
  readonly db: Queryable
  readonly relations: Relations
  readonly wheres: Wheres
}

const missingTable = (text: string): string => {
  const name = parseTableName(text)
  const told = name ? `"${name.schema}"."${name.name}"` : text
  return (
    `Table ${told} does not exist. If the table name contains capitals or special characters ` +
    'you must quote it.'
  )
}

function columnFaults(relation: Relation, asked: readonly string[]): string[] {
  const missing = asked.filter((column) => !relation.columns.some(({ name }) => name === column))
  const lost = relation.key.filter((column) => !asked.includes(column))
  return [
    ...(lost.length > 0
      ? [`The list of columns must include all primary key columns, missing: ${lost.join(', ')}`]
      : []),
    ...(missing.length > 0
      ? [`The following columns are not found on the table: ${missing.join(', ')}`]
      : []),
  ]
}

/** Texts that a type prints as they are; others are printed by Postgres. */
const asPrinted: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  int2: /^(0|-?[1-9]\d{0,3})$/,
  int4: /^(0|-?[1-9]\d{0,8})$/,
  int8: /^(0|-?[1-9]\d{0,17})$/,
  text: /^/,
  varchar: /^/,
}

async function routeOf(
  db: Queryable,
  relation: Relation,
  { column, value }: Equality,
  params: readonly string[],
): Promise<Route | undefined> {
  const type = relation.columns.find(({ name }) => name === column)?.type
  const text = 'text' in value ? value.text : params[value.param - 1]
  if (type === undefined || text === undefined || !relation.told.includes(column)) return undefined
  if (asPrinted[type]?.test(text)) return { column, value: text }
  const [printed] = await db.query<{ value: string }>(
    `SELECT ($1::text)::pg_catalog.${quoteName(type)}::text AS value`,
    [text],
  )
  return printed && { column, value: printed.value }
}

const invalid = (faults: Faults): Resolved => ({ ok: false, faults })

const isDataError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('22')

/** Resolves what is asked, or tells what is wrong with it in Electric's words. */
export async function resolve(
  { db, relations, wheres }: ResolveDeps,
  asked: Asked,
  { replica, changesOnly }: Pick<ProtocolQuery, 'replica' | 'changesOnly'>,
): Promise<Resolved> {
  const name = parseTableName(asked.table)
  const relation = name && (await relations.find(name))
  if (!relation) return invalid({ table: [missingTable(asked.table)] })
  if (relation.key.length === 0)
    return invalid({ table: [`Table ${asked.table} has no primary key`] })
  const faults = asked.columns ? columnFaults(relation, asked.columns) : []
  if (faults.length > 0) return invalid({ columns: faults })
  const checked = await wheres.check(relation, asked.where ?? 'true')
  if (!checked.ok) return invalid({ where: [checked.fault] })
  const { where } = checked
  if (where.parameters > asked.params.length)
    return invalid({ params: [`parameter $${where.parameters} was not provided`] })
  const names = relation.columns.map((column) => column.name)
  const columns = names.filter((column) => asked.columns?.includes(column) ?? true)
  const params = asked.params.slice(0, where.parameters)
  const { queryable } = asked
  const text = JSON.stringify([
    [relation.schema, relation.name, columns, where.sql, params, replica, changesOnly],
    queryable,
  ])
  const hash = createHash('sha256').update(text).digest('hex')
  try {
    const found = await Promise.all(
      where.equalities.map((equality) => routeOf(db, relation, equality, params)),
    )
    const routes = found.flatMap((route) => (route ? [route] : []))
    const isRouted = where.isExact && routes.length === found.length
    return {
      ok: true,
      question: {
        relation,
        columns,
        where,
        params,
        queryable,
        replica,
        changesOnly,
        routes,
        isRouted,
        hash,
      },
    }
  } catch (error) {
    if (isDataError(error)) return invalid({ params: ['the values do not fit'] })
    throw error
  }
}
