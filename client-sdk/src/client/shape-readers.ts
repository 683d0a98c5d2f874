/** The readers of all shapes, each with what takes its rows further. */
import type { Problem, ShapeName } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import type { Http } from '../core/http.ts'
import type { Random } from '../core/random.ts'
import type { Signal } from '../core/signal.ts'
import type { Documents } from '../docs/documents.ts'
import type { Store } from '../store/store.ts'
import type { Session } from '../sync/session.ts'
import { startShapeReader, type ShapeReader, type ShapeReaderDeps } from '../sync/shape-reader.ts'

export type ShapeReaders = ReadonlyMap<ShapeName, ShapeReader>

interface Deps {
  readonly store: Store
  readonly http: Http
  readonly session: Session
  readonly documents: Documents
  readonly clock: Clock
  readonly random: Random
  /** The device may have slept. */
  readonly woken?: Signal
}

export interface Takers {
  readonly take: { readonly [N in ShapeName]: ShapeReaderDeps<N>['take'] }
  readonly report: (name: ShapeName) => (problem: Problem | undefined) => void
  readonly upToDate: (name: ShapeName, value: boolean) => Promise<void>
}

/**
 * Which rows that vanish leave the copy of a shape: links that have ended; envelopes that a snapshot covers which
 * is right for this device, and what such a snapshot stands on. Nothing else is forgotten (W23).
 */
const dropped: Partial<Record<ShapeName, string>> = {
  contacts: 'true',
  doc_updates: `EXISTS (SELECT 1 FROM doc_covers c WHERE c.doc_id = r.doc_id
    AND c.device_id = r.device_id AND c.doc_seq >= r.doc_seq)`,
  doc_snapshots: `EXISTS (SELECT 1 FROM doc_bases b WHERE b.doc_id = r.doc_id
    AND b.number > r.number)`,
}

export function startReaders(deps: Deps, { take, report, upToDate }: Takers): ShapeReaders {
  const { store, http, session, documents, clock, random } = deps
  function start<N extends ShapeName>(name: N): [N, ShapeReader] {
    const drops = dropped[name]
    const reader = startShapeReader<N>({
      name,
      ...(drops && { dropsVanished: drops }),
      server: http.server,
      fetch: session.fetch,
      store,
      write: documents.write,
      clock,
      random,
      ...(deps.woken && { woken: deps.woken }),
      take: take[name],
      report: report(name),
      upToDate: (value) => upToDate(name, value),
    })
    return [name, reader]
  }
  return new Map<ShapeName, ShapeReader>([
    start('vault_log'),
    start('doc_snapshots'),
    start('doc_updates'),
    start('contacts'),
  ])
}
