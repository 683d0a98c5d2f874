/** Runs while the account is signed in: reads the shapes, sends the outbox, listens for alerts, and says how far it is. */
import type { Notice, Problem, ProblemCode, ShapeName } from '@selene/shapes'
import type { Links } from '../contacts/links.ts'
import type { Clock } from '../core/clock.ts'
import type { Http } from '../core/http.ts'
import { asProblem } from '../core/problem.ts'
import { lazily } from '../core/lazily.ts'
import { createSignal, type Signal } from '../core/signal.ts'
import type { Random } from '../core/random.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { Sockets } from '../core/sockets.ts'
import type { Documents } from '../docs/documents.ts'
import type { Compaction } from '../docs/compaction.ts'
import type { Inbox } from '../docs/inbox.ts'
import type { Snapshots } from '../docs/snapshots.ts'
import type { Store } from '../store/store.ts'
import type { LiveSocket } from '../sync/live-socket.ts'
import type { Outbox } from '../sync/outbox.ts'
import type { Sender } from '../sync/sender.ts'
import type { Session } from '../sync/session.ts'
import type { LogWarning } from '../vault/log-inbox.ts'
import type { LocalVault } from '../vault/vault.ts'
import type { Ending, Endings } from './ending.ts'
import type { HeadsBeat } from './heads-beat.ts'
import type { Intake } from './intake.ts'
import { createLogTrust } from './log-trust.ts'
import { createReports } from './reports.ts'
import type { SeenWrites } from './seen-writes.ts'
import type { ShapeReaders } from './shape-readers.ts'

export interface Facts {
  /** What has ended sync here for good. */
  readonly ending: Ending | undefined
  readonly warning: LogWarning | undefined
  /** What is wrong and stops nothing. */
  readonly notes: readonly ProblemCode[]
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
  /** The app is being hidden. */
  hidden(): void
  /** Says and sends how far this device has seen, before it writes to the log (W22). */
  sayHeads(): Promise<void>
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
  readonly crypto: Primitives
  readonly session: Session
  readonly vault: LocalVault
  readonly documents: Documents
  readonly inbox: Inbox
  readonly snapshots: Snapshots
  readonly compaction: Compaction
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
  readonly readers: ShapeReaders
  readonly live: LiveSocket
  readonly heads: HeadsBeat
}

/** What is wrong with the server and stops nothing here. @param intake Absent before sync has run. */
const notesOn = (intake: Intake | undefined, outbox: Outbox): ProblemCode[] => [
  ...(intake?.isWithheld() ? (['sync/history-withheld'] as const) : []),
  ...(outbox.wasRolledBack() || intake?.wasCutOff() ? (['outbox/rolled-back'] as const) : []),
]

/** What runs while the account is signed in: a diary without an account never loads it. */
const syncPart = lazily(() => import('./sync-part.ts'))

/** What could not be started is tried again after so long, and whenever the network may be back. */
const startAgainMs = 15_000

/** Runs `work` a while after it was last planned. */
function createAgain(clock: Clock, work: () => void) {
  let cancel: (() => void) | undefined
  return {
    plan() {
      cancel?.()
      cancel = clock.after(startAgainMs, work)
    },
    cancel: () => cancel?.(),
  }
}

export function createReplication(deps: Deps): Replication {
  const { session, outbox, clock, random, endings } = deps
  const changed = createSignal()
  const upToDate = new Set<ShapeName>()
  let running: Running | undefined
  let intake: Intake | undefined
  /** Starting and stopping follow one another: two senders at once would settle one outcome twice. */
  let turn: Promise<void> = Promise.resolve()
  let paused = false
  let stopped = false
  const again = createAgain(clock, adjust)
  let listening = false

  const { report, ...reports } = createReports(deps, changed.emit)

  const send = (): void => running?.sender?.wake()

  const trust = createLogTrust({
    ...deps,
    doubted() {
      changed.emit()
      void running?.sender?.stop()
    },
    believed: restart,
  })

  const intakeDeps = {
    ...deps,
    fetchAgain: (names: readonly ShapeName[]) =>
      names.forEach((name) => running?.readers.get(name)?.again()),
    written: send,
    changed: changed.emit,
    trust,
    ended: adjust,
  }

  async function start(): Promise<Running> {
    const part = await syncPart()
    await trust.recall()
    const taking = (intake ??= part.createIntake(intakeDeps))

    async function shapeUpToDate(name: ShapeName, value: boolean): Promise<void> {
      if (value) upToDate.add(name)
      else upToDate.delete(name)
      await (value ? taking.reached(name) : taking.left(name))
      changed.emit()
    }

    return {
      sender: trust.warning()
        ? undefined
        : part.startSender({ outbox, clock, random, report: report('outbox') }),
      readers: part.startReaders(deps, { take: taking.take, report, upToDate: shapeUpToDate }),
      live: part.startLiveSocket({ ...deps, ...deps.notices, report: listened }),
      heads: part.startHeadsBeat({ ...deps, written: send }),
    }
  }

  function listened(problem: Problem | undefined): void {
    listening = problem === undefined
    changed.emit()
  }

  async function halt({ sender, readers, live, heads }: Running): Promise<void> {
    heads.stop()
    await Promise.all([sender?.stop(), live.stop(), ...[...readers.values()].map((r) => r.stop())])
    upToDate.clear()
    intake?.halt()
    reports.clear()
    listening = false
  }

  async function haltRunning(): Promise<void> {
    const old = running
    running = undefined
    if (old) await halt(old)
  }

  async function startOrHalt(): Promise<void> {
    const wanted = session.current() === 'signed-in' && !paused && !stopped && !endings.current()
    if (wanted && !running) {
      running = await start()
      reports.mended('start')
    } else if (!wanted && running) await haltRunning()
    else return
    changed.emit()
  }

  function restart(): void {
    turn = turn.then(haltRunning)
    adjust()
  }

  function adjust(): void {
    turn = turn.then(startOrHalt).catch((error: unknown) => {
      reports.failed('start', asProblem(error))
      if (!stopped) again.plan()
      changed.emit()
    })
    changed.emit()
  }

  endings.changed.subscribe(adjust)

  function wake(): void {
    send()
    for (const shapeReader of running?.readers.values() ?? []) shapeReader.wake()
  }

  async function flush(): Promise<void> {
    await turn
    await running?.sender?.flush()
  }

  return {
    changed,
    adjust,
    facts: () => ({
      ending: endings.current(),
      warning: trust.warning(),
      notes: notesOn(intake, outbox),
      paused,
      ...reports.facts(),
      upToDate,
      listening,
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
      // What could not be started may be now.
      if (!running) adjust()
      wake()
      running?.live.wake()
    },
    hidden: () => void running?.heads.hidden(),
    async sayHeads() {
      if (await running?.heads.say()) await flush()
    },
    flush,
    async stop() {
      stopped = true
      again.cancel()
      adjust()
      await turn
    },
  }
}
