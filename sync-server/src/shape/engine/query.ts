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
}

export type Faults = Readonly<Record<string, readonly string[]>>

const isOn = (value: string | null): boolean => value !== null && value !== 'false'

function faultsOf(protocol: URLSearchParams, offset: Offset | undefined): Faults {
  const live = isOn(protocol.get('live'))
  const sse = isOn(protocol.get('live_sse')) || isOn(protocol.get('experimental_live_sse'))
  const log = protocol.get('log')
  const needsHandle = offset?.kind === 'snapshot' || offset?.kind === 'log'
  return {
    ...(!protocol.get('offset') && { offset: ["can't be blank"] }),
    ...(protocol.get('offset') && !offset && { offset: ['has invalid format'] }),
    ...(needsHandle && !protocol.get('handle') && { handle: ["can't be blank when offset != -1"] }),
    ...(live && offset?.kind === 'start' && { live: ["can't be true when offset == -1"] }),
    ...(live && offset?.kind === 'now' && { live: ["can't be true when offset is 'now'"] }),
    ...(sse && !live && { live_sse: ["can't be true unless live is also true"] }),
    ...(log !== null && log !== 'full' && log !== 'changes_only' && { log: ['is invalid'] }),
  }
}

export function parseQuery(
  protocol: URLSearchParams,
): { ok: true; query: ProtocolQuery } | { ok: false; faults: Faults } {
  const offset = parseOffset(protocol.get('offset') ?? '')
  const faults = faultsOf(protocol, offset)
  if (!offset || Object.keys(faults).length > 0) return { ok: false, faults }
  const query = {
    offset,
    offsetText: protocol.get('offset') ?? '',
    handle: protocol.get('handle') ?? undefined,
    live: isOn(protocol.get('live')),
    sse: isOn(protocol.get('live_sse')) || isOn(protocol.get('experimental_live_sse')),
    cursor: protocol.get('cursor') ?? undefined,
    changesOnly: protocol.get('log') === 'changes_only',
  }
  return { ok: true, query }
}
