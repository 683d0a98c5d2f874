/**
 * Moves notices from the inbox to one socket: everything since the place that the client named, then
 * `current`, then what is new at each wake. On one connection no notice is sent twice, and the inbox is
 * read on, a page at a time, only when the socket has taken what was read, so that a slow reader piles
 * nothing up.
 */
import type { Notice, VaultId } from '@selene/shapes'
import type { Inbox, NoticePage } from './inbox.ts'

export interface NoticePump {
  /** Sends what waits. @param lastId The last notice that the client has stored. */
  start(lastId: number): void
  /** There may be news; before the start it changes nothing. */
  wake(): void
  stop(): void
  /** Resolves when nothing is being read or sent. */
  idle(): Promise<void>
}

interface PumpDeps {
  readonly account: VaultId
  readonly inbox: Pick<Inbox, 'since'>
  /** Sends one notice and resolves when the socket takes the next. */
  deliver(notice: Notice): Promise<void>
  /** Everything that waited has been delivered; called once. */
  current(): void
  failed(error: unknown): void
}

export function createNoticePump(deps: PumpDeps): NoticePump {
  const sent = new Set<number>()
  let last: number | undefined
  let isCurrent = false
  let wanted = false
  let stopped = false
  let running = false
  let finished = Promise.resolve()

  async function deliverPage(notices: readonly Notice[]): Promise<void> {
    for (const notice of notices) {
      if (stopped) return
      if (sent.has(notice.id)) continue
      sent.add(notice.id)
      last = Math.max(last ?? 0, notice.id)
      await deps.deliver(notice)
    }
  }

  /** One pass over the inbox; `since` stays what it was at the start of it, while `last` moves. */
  async function deliverNews(since: number): Promise<void> {
    let after: number | undefined = 0
    while (after !== undefined) {
      const page: NoticePage = await deps.inbox.since(deps.account, { last: since, after })
      await deliverPage(page.notices)
      if (stopped) return
      after = page.next
    }
    if (isCurrent || stopped) return
    isCurrent = true
    deps.current()
  }

  /** Where to read from, if somebody wants it. */
  function takeWish(): number | undefined {
    if (!wanted || stopped) return undefined
    wanted = false
    return last
  }

  async function run(): Promise<void> {
    try {
      for (let since = takeWish(); since !== undefined; since = takeWish()) await deliverNews(since)
    } catch (error) {
      stopped = true
      deps.failed(error)
    } finally {
      running = false
    }
  }

  function wake(): void {
    if (stopped || last === undefined) return
    wanted = true
    if (running) return
    running = true
    finished = run()
  }

  return {
    start(lastId) {
      last = lastId
      wake()
    },
    wake,
    stop() {
      stopped = true
    },
    idle: () => finished,
  }
}
