/** Reads the protocol's parameters; faults are told in Electric's own words, as clients know them. */
import { parseOffset, type Offset } from './place.ts'

export interface ProtocolQuery {
  readonly offset: Offset
  /** The offset as it came. */
  readonly offsetText: string
  readonly handle: string | undefined
  readonly live: boolean
  readonly sse: boolean
  readonly cursor: string | undefined
  /** Only changes after now are wanted, no rows to start from. */
  readonly changesOnly: boolean
  readonly replica: 'default' | 'full'
  /** Rows are asked for beside the stream. */
  readonly subset: Subset | undefined
}

/** A part of a shape's rows. */
export interface Subset {
  readonly where: string | undefined
  readonly params: readonly string[]
  readonly orderBy: string | undefined
  readonly limit: number | undefined
  readonly offset: number | undefined
}

export type Faults = Readonly<Record<string, readonly string[]>>

const isOn = (value: string | null): boolean => value !== null && value !== 'false'

const isText = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value)

/** A list, or an object whose names count from 1. */
function parseParams(text: string): string[] | undefined {
  try {
    const parsed = JSON.parse(text) as unknown
    if (typeof parsed !== 'object' || parsed === null) return undefined
    const values = Array.isArray(parsed)
      ? (parsed as unknown[])
      : Object.keys(parsed).map(
          (_, index) => (parsed as Record<string, unknown>)[String(index + 1)],
        )
    return values.every(isText) ? values.map(String) : undefined
  } catch {
    return undefined
  }
}

const parseCount = (text: string | null, least: number): number | undefined => {
  const count = text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined
  return count !== undefined && count >= least ? count : undefined
}

const subsetPrefix = 'subset__'
/** What newer clients say twice. */
const ignored: ReadonlySet<string> = new Set(['subset__where_expr', 'subset__order_by_expr'])

function parseSubset(protocol: URLSearchParams): { subset?: Subset; faults: Faults } {
  const isAsked = [...protocol.keys()].some(
    (name) => name.startsWith(subsetPrefix) && !ignored.has(name),
  )
  if (!isAsked) return { faults: {} }
  const get = (name: string): string | null => protocol.get(`${subsetPrefix}${name}`)
  const params = parseParams(get('params') ?? '[]')
  const limit = parseCount(get('limit'), 1)
  const offset = parseCount(get('offset'), 0)
  const isCut = get('limit') !== null || get('offset') !== null
  const faults: Faults = {
    ...(params === undefined && { subset__params: ['is invalid'] }),
    ...(get('limit') !== null &&
      limit === undefined && { subset__limit: ['must be greater than 0'] }),
    ...(get('offset') !== null &&
      offset === undefined && { subset__offset: ['must be greater than or equal to 0'] }),
    ...(isCut &&
      get('order_by') === null && {
        subset__order_by: ["can't be blank when limit or offset is given"],
      }),
  }
  const where = get('where') || undefined
  const orderBy = get('order_by') || undefined
  return { subset: { where, params: params ?? [], orderBy, limit, offset }, faults }
}

const oneOf = (value: string | null, ...allowed: readonly string[]): boolean =>
  value === null || allowed.includes(value)

function faultsOf(protocol: URLSearchParams, offset: Offset | undefined): Faults {
  const live = isOn(protocol.get('live'))
  const sse = isOn(protocol.get('live_sse')) || isOn(protocol.get('experimental_live_sse'))
  const needsHandle = offset?.kind === 'snapshot' || offset?.kind === 'log'
  return {
    ...(!protocol.get('offset') && { offset: ["can't be blank"] }),
    ...(protocol.get('offset') && !offset && { offset: ['has invalid format'] }),
    ...(needsHandle && !protocol.get('handle') && { handle: ["can't be blank when offset != -1"] }),
    ...(live && offset?.kind === 'start' && { live: ["can't be true when offset == -1"] }),
    ...(live && offset?.kind === 'now' && { live: ["can't be true when offset is 'now'"] }),
    ...(sse && !live && { live_sse: ["can't be true unless live is also true"] }),
    ...(!oneOf(protocol.get('log'), 'full', 'changes_only') && { log: ['is invalid'] }),
    ...(!oneOf(protocol.get('replica'), 'default', 'full') && { replica: ['is invalid'] }),
  }
}

export function parseQuery(
  protocol: URLSearchParams,
): { ok: true; query: ProtocolQuery } | { ok: false; faults: Faults } {
  const offset = parseOffset(protocol.get('offset') ?? '')
  const { subset, faults: subsetFaults } = parseSubset(protocol)
  const faults = { ...faultsOf(protocol, offset), ...subsetFaults }
  if (!offset || Object.keys(faults).length > 0) return { ok: false, faults }
  const query: ProtocolQuery = {
    offset,
    offsetText: protocol.get('offset') ?? '',
    handle: protocol.get('handle') ?? undefined,
    live: isOn(protocol.get('live')),
    sse: isOn(protocol.get('live_sse')) || isOn(protocol.get('experimental_live_sse')),
    cursor: protocol.get('cursor') ?? undefined,
    changesOnly: protocol.get('log') === 'changes_only',
    replica: protocol.get('replica') === 'full' ? 'full' : 'default',
    subset,
  }
  return { ok: true, query }
}
