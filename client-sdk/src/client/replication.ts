/** Runs while the account is signed in: reads both shapes, sends the outbox, and says how far it is. */
import type { Problem, ShapeName } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import type { Http } from '../core/http.ts'
import { asProblem } from '../core/problem.ts'
import { createSignal, type Signal } from '../core/signal.ts'
import type { Random } from '../core/random.ts'
import type { Documents } from '../docs/documents.ts'
import type { Inbox } from '../docs/inbox.ts'
import type { Store, StoreTx } from '../store/store.ts'
import type { Outbox } from '../sync/outbox.ts'
import { startSender, type Sender } from '../sync/sender.ts'
import type { Session } from '../sync/session.ts'
import { startShapeReader, type ShapeReader } from '../sync/shape-reader.ts'
import { advanceLog, isRolledBack, type LogWarning } from '../vault/log-inbox.ts'
import type { LocalVault } from '../vault/vault.ts'
import type { SeenWrites } from './seen-writes.ts'

export interface Facts {
  readonly warning: LogWarning | undefined
  readonly paused: boolean
  readonly problems: ReadonlyMap<string, Problem>
  readonly upToDate: ReadonlySet<ShapeName>
  /** Whether the server has answered since replication started. */
  readonly answered: boolean
  readonly lastSeenAt: number | undefined
}

export interface Replication {
  facts(): Facts
  readonly changed: Signal
  /** Starts or stops as session, pause and warnings demand. */
  adjust(): void
  pause(): void
  resume(): void
  wake(): void
  flush(): Promise<void>
  stop(): Promise<void>
}

interface Deps {
  readonly store: Store
  readonly http: Http
  readonly session: Session
  readonly vault: LocalVault
  readonly documents: Documents
  readonly inbox: Inbox
  readonly outbox: Outbox
  readonly clock: Clock
  readonly random: Random
  readonly seenWrites: SeenWrites
}

interface Running {
  /** Absent while a warning stands: nothing is uploaded into a history that is not ours (W18). */
  readonly sender: Sender | undefined
  readonly readers: readonly ShapeReader[]
}

export function createReplication(deps: Deps): Replication {
  const { store, http, session, vault, documents, inbox, outbox, clock, random, seenWrites } = deps
  const changed = createSignal()
  const problems = new Map<string, Problem>()
  const upToDate = new Set<ShapeName>()
  let running: Running | undefined
  /** Starting and stopping follow one another: two senders at once would settle one outcome twice. */
  let turn: Promise<void> = Promise.resolve()
  let paused = false
  let stopped = false
  let answered = false
  let warning: LogWarning | undefined
  let lastSeenAt: number | undefined

  const report = (source: string) => (problem: Problem | undefined) => {
    if (problem) problems.set(source, problem)
    else {
      problems.delete(source)
      answered = true
      lastSeenAt = clock.now()
    }
    changed.emit()
  }

  async function takeLog(tx: StoreTx): Promise<() => void> {
    const found = await advanceLog(tx, vault)
    const heads = await inbox.advance(tx)
    return () => {
      if (found) warn(found)
      seenWrites.reached(heads)
    }
  }

  async function takeUpdates(tx: StoreTx): Promise<() => void> {
    const heads = await inbox.advance(tx)
    return () => seenWrites.reached(heads)
  }

  function warn(found: LogWarning): void {
    warning = found
    changed.emit()
    void running?.sender?.stop()
  }

  function reader(name: ShapeName, take: (tx: StoreTx) => Promise<() => void>): ShapeReader {
    return startShapeReader({
      name,
      server: http.server,
      fetch: session.fetch,
      store,
      write: documents.write,
      clock,
      random,
      take,
      report: report(name),
      async upToDate(value) {
        if (value) upToDate.add(name)
        else upToDate.delete(name)
        if (value && name === 'vault_log' && (await isRolledBack(store, vault)))
          warn('vault/rolled-back')
        changed.emit()
      },
    })
  }

  async function start(): Promise<Running> {
    // A fork that was seen before is still one, whatever the server answers first.
    warning ??= await documents.write((tx) => advanceLog(tx, vault))
    return {
      sender: warning
        ? undefined
        : startSender({ outbox, clock, random, report: report('outbox') }),
      readers: [reader('vault_log', takeLog), reader('doc_updates', takeUpdates)],
    }
  }

  async function halt({ sender, readers }: Running): Promise<void> {
    await Promise.all([sender?.stop(), ...readers.map((r) => r.stop())])
    upToDate.clear()
    problems.clear()
    answered = false
  }

  async function startOrHalt(): Promise<void> {
    const wanted = session.current() === 'signed-in' && !paused && !stopped
    if (wanted && !running) running = await start()
    else if (!wanted && running) {
      const old = running
      running = undefined
      await halt(old)
    } else return
    changed.emit()
  }

  function adjust(): void {
    turn = turn.then(startOrHalt).catch((error: unknown) => {
      problems.set('start', asProblem(error))
      changed.emit()
    })
    changed.emit()
  }

  return {
    changed,
    adjust,
    facts: () => ({ warning, paused, problems, upToDate, answered, lastSeenAt }),
    pause() {
      paused = true
      adjust()
    },
    resume() {
      paused = false
      adjust()
    },
    wake() {
      running?.sender?.wake()
      for (const shapeReader of running?.readers ?? []) shapeReader.wake()
    },
    async flush() {
      await turn
      await running?.sender?.flush()
    },
    async stop() {
      stopped = true
      adjust()
      await turn
    },
  }
}
