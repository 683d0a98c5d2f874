/**
 * Several tabs on one store: one of them opens it and works for all, the others work through it with one
 * message a call. When it is gone, the next takes over with what was handed to it, watches go on by
 * themselves, and a call whose answer never came is `store/handed-over`: what was answered is durable,
 * what was not may or may not have happened and can be asked for again.
 */
import { Problem } from '@selene/shapes'
import { createLiveValue, type Live } from '../core/live.ts'
import { lead, lifeLock, type TabHost } from './leading.ts'
import { readMessage, type TabMessage } from './message.ts'
import type { TabChannel, TabLocks } from './ports.ts'

export type TabRole = 'waiting' | 'follower' | 'leader'

export interface Tabs {
  /** `waiting` until one of the tabs leads. */
  readonly role: Live<TabRole>
  /** Asks the tab that leads. @throws Problem store/handed-over when that is gone before it has answered. */
  call(name: string, args: readonly unknown[]): Promise<unknown>
  /** Watches through whichever tab leads, from one to the next. */
  watch(topic: string, args: readonly unknown[], told: (state: unknown) => void): () => void
  close(): Promise<void>
}

interface Deps {
  /** Of the store; tabs of different stores know nothing of each other. */
  readonly name: string
  /** Of this tab, like no other. */
  readonly id: string
  readonly locks: TabLocks
  readonly channel: TabChannel
  /** What an error is to another tab, and what it is there. */
  readonly describe: (error: unknown) => unknown
  readonly revive: (fault: unknown) => unknown
}

/**
 * Opens what this tab does for all, when it is its turn. It never rejects: what cannot be opened, the
 * host tells.
 * @param handedOver What the leader before had shared, `undefined` for the first.
 * @param share Hands something to the other tabs, for whichever leads next: an open key, or that it is closed.
 */
export type OpenHost = (handedOver: unknown, share: (handOver: unknown) => void) => Promise<TabHost>

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

interface Watch {
  readonly topic: string
  readonly args: readonly unknown[]
  readonly told: (state: unknown) => void
  /** Ends it at the host of this tab. */
  end: () => void
}

const nothing = (): void => {}

/** A key that was handed over is not left in memory. */
function forget(handedOver: unknown): void {
  if (handedOver instanceof Uint8Array) handedOver.fill(0)
}

export function joinTabs(deps: Deps, open: OpenHost): Tabs {
  const { name, id, locks, channel, describe, revive } = deps
  const role = createLiveValue<TabRole>('waiting')
  const ending = new AbortController()
  const calls = new Map<string, Pending>()
  const watches = new Map<string, Watch>()
  const unsent: (() => void)[] = []
  let counter = 0
  let leader: string | undefined
  let host: TabHost | undefined
  let leading: ReturnType<typeof lead> | undefined
  let handOver: unknown
  const releases: (() => void)[] = []

  const post = (message: TabMessage): void => channel.post(message)

  function sendWatch(key: string, { topic, args }: Watch): void {
    if (leader) post({ type: 'watch', from: id, to: leader, watch: key, topic, args: [...args] })
  }

  function startWatch(key: string, watch: Watch): void {
    if (host) watch.end = host.watch(watch.topic, watch.args, watch.told)
    else sendWatch(key, watch)
  }

  function giveUpCalls(code: 'store/handed-over' | 'store/closed'): void {
    for (const { reject } of calls.values()) reject(new Problem(code))
    calls.clear()
  }

  /** The lock of a tab is free once it is gone; until another leads, calls wait. */
  async function noticeEnd(of: string): Promise<void> {
    const release = await locks.take(lifeLock(name, of), ending.signal)
    release()
    if (leader !== of) return
    leader = undefined
    role.set('waiting')
    giveUpCalls('store/handed-over')
  }

  /** Somebody leads now: what waited goes there, and what was asked of the one before is unknown. */
  function follow(next: string): void {
    if (leader === next) return
    leader = next
    if (next !== id) noticeEnd(next).catch(nothing) // Given up on closing.
    giveUpCalls('store/handed-over')
    for (const [key, watch] of watches) startWatch(key, watch)
    for (const send of unsent.splice(0)) send()
    role.set(host ? 'leader' : 'follower')
  }

  function hear(data: unknown): void {
    const message = readMessage(data)
    if (!message) return
    leading?.hear(message)
    if (message.type === 'who' && host) post({ type: 'lead', from: id, handOver })
    else if (message.type === 'lead' && !host) {
      forget(handOver)
      handOver = message.handOver
      follow(message.from)
    } else if ((message.type === 'answer' || message.type === 'fault') && message.to === id) {
      const pending = calls.get(message.call)
      calls.delete(message.call)
      if (message.type === 'answer') pending?.resolve(message.value)
      else pending?.reject(revive(message.fault))
    } else if (message.type === 'told' && message.to === id)
      watches.get(message.watch)?.told(message.state)
  }

  function share(next: unknown): void {
    if (next !== handOver) forget(handOver)
    handOver = next
    if (host) post({ type: 'lead', from: id, handOver })
  }

  async function takeLead(): Promise<void> {
    const release = await locks.take(`selene-leader/${name}`, ending.signal)
    releases.push(release)
    const opened = await open(handOver, share)
    if (ending.signal.aborted) return opened.close()
    host = opened
    leading = lead({ name, id, host, locks, post, describe })
    post({ type: 'lead', from: id, handOver })
    follow(id)
  }

  /** A tab is heard of once it holds the lock by which others notice its end. */
  async function join(): Promise<void> {
    releases.push(await locks.take(lifeLock(name, id), ending.signal))
    post({ type: 'who', from: id })
    await takeLead()
  }

  const unsubscribe = channel.subscribe(hear)
  join().catch(nothing) // Given up on closing.

  return {
    role: role.live,

    call(method, args) {
      if (ending.signal.aborted) return Promise.reject(new Problem('store/closed'))
      return new Promise((resolve, reject) => {
        const send = (): void => {
          if (host) return void host.call(method, args).then(resolve, reject)
          const call = `${id} ${++counter}`
          post({ type: 'call', from: id, to: leader!, call, name: method, args: [...args] })
          calls.set(call, { resolve, reject })
        }
        if (leader) send()
        else unsent.push(send)
      })
    },

    watch(topic, args, told) {
      const key = `${id} ${++counter}`
      const watch: Watch = { topic, args, told, end: nothing }
      watches.set(key, watch)
      if (leader) startWatch(key, watch)
      return () => {
        if (!watches.delete(key)) return
        watch.end()
        if (!host && leader) post({ type: 'unwatch', from: id, to: leader, watch: key })
      }
    },

    async close() {
      if (ending.signal.aborted) return
      ending.abort()
      unsubscribe()
      leading?.end()
      for (const { end } of watches.values()) end()
      watches.clear()
      giveUpCalls('store/closed')
      unsent.length = 0
      if (host) await host.close()
      for (const release of releases.splice(0)) release()
      channel.close()
    },
  }
}
