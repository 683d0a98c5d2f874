/** Runs while the account is signed in: reads the shapes, sends the outbox, listens for alerts, and says how far it is. */
import type { Notice, Problem, ShapeName } from '@selene/shapes'
import type { Links } from '../contacts/links.ts'
import type { Clock } from '../core/clock.ts'
import type { Http } from '../core/http.ts'
import { asProblem } from '../core/problem.ts'
import { createSignal, type Signal } from '../core/signal.ts'
import type { Random } from '../core/random.ts'
import type { Sockets } from '../core/sockets.ts'
import type { Documents } from '../docs/documents.ts'
import type { Inbox } from '../docs/inbox.ts'
import type { Store, StoreTx } from '../store/store.ts'
import { startLiveSocket, type LiveSocket } from '../sync/live-socket.ts'
import type { Outbox } from '../sync/outbox.ts'
import { startSender, type Sender } from '../sync/sender.ts'
import type { Session } from '../sync/session.ts'
import { startShapeReader, type ShapeReader } from '../sync/shape-reader.ts'
import { advanceLog, isRolledBack, type LogWarning } from '../vault/log-inbox.ts'
import type { LocalVault } from '../vault/vault.ts'
import type { Ending, Endings } from './ending.ts'
import type { SeenWrites } from './seen-writes.ts'

export interface Facts {
  /** What has ended sync here for good. */
  readonly ending: Ending | undefined
  readonly warning: LogWarning | undefined
  readonly paused: boolean
  readonly problems: ReadonlyMap<string, Problem>
  readonly upToDate: ReadonlySet<ShapeName>
  /** Whether the server has answered since replication started. */
  readonly answered: boolean
  /** Whether the live connection stands and has said all that waited. */
  readonly listening: boolean
  readonly lastSeenAt: number | undefined
}

export interface Replication {
  facts(): Facts
  readonly changed: Signal
  /** Starts or stops as session, pause and warnings demand. */
  adjust(): void
  pause(): void
  resume(): void
  /** There is something to send. */
  wake(): void
  /** The network may be back. */
  retry(): void
  flush(): Promise<void>
  stop(): Promise<void>
}

/** Where the notices of the live connection go. */
export interface Notices {
  lastId(): Promise<number>
  /** Resolved = stored durably. */
  take(notice: Notice): Promise<void>
}

interface Deps {
  readonly store: Store
  readonly http: Http
  readonly session: Session
  readonly vault: LocalVault
  readonly documents: Documents
  readonly inbox: Inbox
  readonly outbox: Outbox
  readonly links: Links
  readonly sockets: Sockets
  readonly notices: Notices
  readonly clock: Clock
  readonly random: Random
  readonly seenWrites: SeenWrites
  /** The device may have slept. */
  readonly woken?: Signal
  readonly endings: Endings
}

interface Running {
  /** Absent while a warning stands: nothing is uploaded into a history that is not ours (W18). */
  readonly sender: Sender | undefined
  readonly readers: readonly ShapeReader[]
  readonly live: LiveSocket
}

export function createReplication(deps: Deps): Replication {
  const { store, http, session, vault, documents, outbox, clock, random, endings } = deps
  const changed = createSignal()
  const problems = new Map<string, Problem>()
  const upToDate = new Set<ShapeName>()
  let running: Running | undefined
  /** Starting and stopping follow one another: two senders at once would settle one outcome twice. */
  let turn: Promise<void> = Promise.resolve()
  let paused = false
  let stopped = false
  let answered = false
  let listening = false
  let warning: LogWarning | undefined
  let lastSeenAt: number | undefined

  const report = (source: string) => (problem: Problem | undefined) => {
    if (problem) {
      problems.set(source, problem)
      endings.suspect(problem)
    } else {
      problems.delete(source)
      answered = true
      lastSeenAt = clock.now()
    }
    changed.emit()
  }

  const send = (): void => running?.sender?.wake()

  async function takeLog(tx: StoreTx): Promise<() => void> {
    const found = await advanceLog(tx, vault)
    const taken = await takeUpdates(tx)
    return () => {
      if (found) warn(found)
      taken()
      if (endings.current()) adjust()
    }
  }

  async function takeUpdates(tx: StoreTx): Promise<() => void> {
    const heads = await deps.inbox.advance(tx)
    // An invitation that came with an update may be what a contact's row has waited for.
    const linked = await takeContacts(tx)
    return () => {
      deps.seenWrites.reached(heads)
      linked()
    }
  }

  async function takeContacts(tx: StoreTx): Promise<() => void> {
    return (await deps.links.take(tx)) ? send : () => {}
  }

  async function reached(name: ShapeName): Promise<void> {
    if (name === 'vault_log' && (await isRolledBack(store, vault))) warn('vault/rolled-back')
    if (name === 'contacts' && (await deps.links.settle())) send()
  }

  function warn(found: LogWarning): void {
    warning = found
    changed.emit()
    void running?.sender?.stop()
  }

  function reader(name: ShapeName, take: (tx: StoreTx) => Promise<() => void>): ShapeReader {
    return startShapeReader({
      name,
      dropsVanished: name === 'contacts',
      server: http.server,
      fetch: session.fetch,
      store,
      write: documents.write,
      clock,
      random,
      ...(deps.woken && { woken: deps.woken }),
      take,
      report: report(name),
      async upToDate(value) {
        if (value) upToDate.add(name)
        else upToDate.delete(name)
        if (value) await reached(name)
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
      readers: [
        reader('vault_log', takeLog),
        reader('doc_updates', takeUpdates),
        reader('contacts', takeContacts),
      ],
      live: startLiveSocket({ ...deps, ...deps.notices, report: listened }),
    }
  }

  function listened(problem: Problem | undefined): void {
    listening = problem === undefined
    changed.emit()
  }

  async function halt({ sender, readers, live }: Running): Promise<void> {
    await Promise.all([sender?.stop(), live.stop(), ...readers.map((r) => r.stop())])
    upToDate.clear()
    problems.clear()
    answered = false
    listening = false
  }

  async function startOrHalt(): Promise<void> {
    const wanted = session.current() === 'signed-in' && !paused && !stopped && !endings.current()
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

  endings.changed.subscribe(adjust)

  function wake(): void {
    send()
    for (const shapeReader of running?.readers ?? []) shapeReader.wake()
  }

  return {
    changed,
    adjust,
    facts: () => ({
      ending: endings.current(),
      warning,
      paused,
      problems,
      upToDate,
      answered,
      listening,
      lastSeenAt,
    }),
    pause() {
      paused = true
      adjust()
    },
    resume() {
      paused = false
      adjust()
    },
    wake,
    retry() {
      wake()
      running?.live.wake()
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
