/**
 * Reads a where by Postgres' grammar: whether it is one expression, which equalities must hold, and
 * where its parameters stand. Nothing here decides by the letters of the text.
 */
import { loadModule, parseSync } from 'libpg-query'

/** `column = $n` or `column = 'text'`. */
export interface Equality {
  readonly column: string
  readonly value: { readonly param: number } | { readonly text: string }
}

/** A where that may stand in parentheses. */
export interface Where {
  readonly sql: string
  /** What must hold of every row that belongs. */
  readonly equalities: readonly Equality[]
  /** Whether nothing else must. */
  readonly isExact: boolean
  /** The greatest n of its `$n`. */
  readonly parameters: number
  /** Where its `$n` stand, in bytes of UTF-8. */
  readonly places: readonly { readonly at: number; readonly n: number }[]
}

type Parsed =
  | { readonly ok: true; readonly where: Where }
  | { readonly ok: false; readonly fault: string }

type Tree = Readonly<Record<string, unknown>>

/** Electric counts places from the beginning of this. */
const head = 'SELECT 1 WHERE '

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null

/** Every node of a kind, wherever it is in the tree. */
function* nodes(tree: unknown, kind: string): Generator<Tree> {
  if (!isTree(tree)) return
  for (const [name, value] of Object.entries(tree)) {
    if (name === kind && isTree(value)) yield value
    yield* nodes(value, kind)
  }
}

const at = (place: number, message: string): string => `At location ${place}: ${message}`

/** What Postgres found wrong, in Electric's words; the where began after so many letters of the statement. */
export function faultOf(error: unknown, before: number): string {
  const message = error instanceof Error ? error.message : 'is not valid'
  const told = (/^Postgres refused a statement \([^)]*\): (.*)$/s.exec(message)?.[1] ?? message)
    .replace(/^functions in index predicate .*/, 'only immutable functions may be used')
    .replace(/ in (index predicates?|WHERE)$/, '')
  const place =
    isTree(error) && typeof error['position'] === 'number' ? error['position'] : undefined
  const isOfWhere = place !== undefined && place > before
  return isOfWhere ? at(head.length + place - 1 - before, told) : told
}

const field = (tree: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (isTree(value) ? (value as Record<string | number, unknown>)[key] : undefined),
    tree,
  )

function columnOf(tree: unknown): string | undefined {
  const fields = field(tree, 'ColumnRef', 'fields')
  if (!Array.isArray(fields)) return undefined
  const name = field(fields.at(-1), 'String', 'sval')
  return typeof name === 'string' ? name : undefined
}

function valueOf(tree: unknown): Equality['value'] | undefined {
  const param = field(tree, 'ParamRef', 'number')
  if (typeof param === 'number') return { param }
  const text = field(tree, 'A_Const', 'sval', 'sval')
  return typeof text === 'string' ? { text } : undefined
}

/** The equality that a conjunct is, if it is one. */
function equalityOf(tree: unknown): Equality | undefined {
  const names = field(tree, 'A_Expr', 'name')
  const isEquality =
    field(tree, 'A_Expr', 'kind') === 'AEXPR_OP' &&
    Array.isArray(names) &&
    names.length === 1 &&
    field(names[0], 'String', 'sval') === '='
  if (!isEquality) return undefined
  const [left, right] = [field(tree, 'A_Expr', 'lexpr'), field(tree, 'A_Expr', 'rexpr')]
  const [column, value] = [columnOf(left) ?? columnOf(right), valueOf(right) ?? valueOf(left)]
  return column !== undefined && value !== undefined ? { column, value } : undefined
}

function conjunctsOf(tree: unknown): unknown[] {
  const args = field(tree, 'BoolExpr', 'args')
  if (field(tree, 'BoolExpr', 'boolop') !== 'AND_EXPR' || !Array.isArray(args)) return [tree]
  return args.flatMap(conjunctsOf)
}

/** The grammar counts bytes; SQL texts hold letters. */
const placesOf = (clause: unknown): Where['places'] =>
  [...nodes(clause, 'ParamRef')]
    .map((param) => ({
      at: Number(param['location']) - head.length,
      n: Number(param['number'] ?? 0),
    }))
    .toSorted((a, b) => a.at - b.at)

/** The text with something else in the place of each `$n`. */
export function replaceParameters(
  { sql, places }: Pick<Where, 'sql' | 'places'>,
  by: (n: number) => string,
): string {
  const bytes = Buffer.from(sql)
  let text = ''
  let done = 0
  for (const { at, n } of places) {
    text += `${bytes.subarray(done, at).toString()}${by(n)}`
    done = at + `$${n}`.length
  }
  return text + bytes.subarray(done).toString()
}

let loaded: Promise<void> | undefined

/** The one plain SELECT that a text after `SELECT 1 …` is, with nothing but the parts named. */
async function parseSelect(sql: string, parts: readonly string[]): Promise<Tree | string> {
  loaded ??= loadModule()
  await loaded
  let parsed: { stmts?: readonly unknown[] }
  try {
    parsed = parseSync(sql) as { stmts?: readonly unknown[] }
  } catch (error) {
    const place = field(error, 'sqlDetails', 'cursorPosition')
    return at(typeof place === 'number' ? place : 0, error instanceof Error ? error.message : '')
  }
  const select = field(parsed.stmts?.[0], 'stmt', 'SelectStmt')
  const expected = ['targetList', 'limitOption', 'op', ...parts]
  const isPlain =
    parsed.stmts?.length === 1 &&
    isTree(select) &&
    Object.keys(select).every((key) => expected.includes(key)) &&
    field(select, 'op') === 'SETOP_NONE'
  if (!isPlain) return at(head.length, 'is not one expression')
  const [link] = [...nodes(select, 'SubLink')]
  if (link) return at(Number(link['location'] ?? 0), 'subqueries are not supported')
  return select
}

/** Reads a where. */
export async function parseExpression(text: string): Promise<Parsed> {
  const select = await parseSelect(`${head}${text}`, ['whereClause'])
  if (typeof select === 'string') return { ok: false, fault: select }
  const clause = select['whereClause']
  if (clause === undefined) return { ok: false, fault: at(head.length, 'is empty') }
  const conjuncts = conjunctsOf(clause).map(equalityOf)
  const equalities = conjuncts.flatMap((each) => (each ? [each] : []))
  const places = placesOf(clause)
  const where = {
    sql: text,
    equalities,
    isExact: equalities.length === conjuncts.length,
    parameters: Math.max(0, ...places.map(({ n }) => n)),
    places,
  }
  return { ok: true, where }
}

/** What is wrong with a text as what follows ORDER BY, if anything: it may name columns, and no more. */
export async function orderFault(text: string): Promise<string | undefined> {
  const select = await parseSelect(`SELECT 1 ORDER BY ${text}`, ['sortClause'])
  if (typeof select === 'string') return select
  const items = select['sortClause']
  const isPlain =
    Array.isArray(items) &&
    items.every(
      (item) => columnOf(field(item, 'SortBy', 'node')) && !field(item, 'SortBy', 'useOp'),
    )
  return isPlain ? undefined : 'may only name columns'
}
