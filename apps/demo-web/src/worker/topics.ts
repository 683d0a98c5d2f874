/**
 * Live values of the diary by topic. Those of the SOS kit and of the store itself are there from the beginning; those of
 * the diary come with each opening, and are gone while it is locked: a watch goes on from one to the next.
 */
import type { Client, Live, LiveState, SosKit } from '@selene/client-sdk'
import { describeFault } from './describe-fault.ts'
import type { Topic, Topics, Watched } from './watched.ts'
import type { Keeper } from './keeper.ts'
import { createLiveValue } from './live-value.ts'
import type { Notices } from './notices.ts'
import { watchSymptoms } from './symptoms.ts'

type Told = (state: Watched<unknown>) => void
type Find<T extends Topic> = (...args: Topics[T]['args']) => Live<Topics[T]['value']>

/** Values of the open diary. */
type DiaryTopic = Exclude<
  Topic,
  'opening' | 'safe' | 'secrets' | 'notices' | 'readiness' | 'alert' | 'reachable'
>

const diaryFinders: {
  [T in DiaryTopic]: (client: Client, ...args: Topics[T]['args']) => ReturnType<Find<T>>
} = {
  account: ({ account }) => account.state,
  vault: ({ vault }) => vault.state,
  sync: ({ sync }) => sync.state,
  setAside: ({ sync }) => sync.setAside,
  quarantined: ({ sync }) => sync.quarantined,
  day: ({ diary }, date) => diary.day(date),
  undoable: ({ diary }) => diary.undoable,
  range: ({ diary }, from, to) => diary.range(from, to),
  cycles: ({ diary }) => diary.cycles,
  forecast: ({ diary }) => diary.forecast,
  insights: ({ diary }) => diary.insights,
  symptoms: ({ diary }) => watchSymptoms(diary),
  evaluation: ({ diary }, cycleStart) => diary.evaluation(cycleStart),
  profile: ({ profile }) => profile.values,
  settings: ({ settings }) => settings.values,
  episodes: ({ episodes }) => episodes.list,
  reminders: ({ reminders }) => reminders.settings,
  nextReminders: ({ reminders }) => reminders.next,
  reminderReach: ({ reminders }) => createLiveValue(reminders.reach).live,
  incoming: ({ sos }) => sos.incoming,
  contacts: ({ contacts }) => contacts.list,
  addresses: ({ contacts }) => contacts.addresses,
  ownName: ({ contacts }) => contacts.ownName,
  ownIdentity: ({ contacts }) => contacts.ownIdentity,
  given: ({ grants }) => grants.given,
  received: ({ grants }) => grants.received,
  location: ({ location }) => location.state,
}

const isOfDiary = (topic: string): topic is DiaryTopic => Object.hasOwn(diaryFinders, topic)

interface Parts {
  readonly kit: Promise<SosKit>
  readonly keeper: Keeper
  readonly notices: Notices
}

const plain = (state: LiveState<unknown>): Watched<unknown> =>
  state.status === 'failed' ? { status: 'failed', fault: describeFault(state.problem) } : state

/** Tells what a live value is. What loads is not told: what was there before stays until there is news. */
function follow(live: Live<unknown>, told: Told): () => void {
  function tell(): void {
    const state = live.get()
    if (state.status !== 'loading') told(plain(state))
  }
  const end = live.subscribe(tell)
  tell()
  return end
}

/** The same for a live value that is still to come. */
function followLater(found: Promise<Live<unknown>>, told: Told): () => void {
  let end: (() => void) | undefined
  let isEnded = false
  async function start(): Promise<void> {
    try {
      const live = await found
      if (!isEnded) end = follow(live, told)
    } catch (error) {
      if (!isEnded) told({ status: 'failed', fault: describeFault(error) })
    }
  }
  void start()
  return () => {
    isEnded = true
    end?.()
  }
}

/** Follows the value of whichever client is open, and tells that it is gone when none is. */
function followClients(keeper: Keeper, find: (client: Client) => Live<unknown>, told: Told) {
  let current: Client | undefined
  let endCurrent: (() => void) | undefined
  function look(): void {
    const state = keeper.opening.get()
    if (state.status !== 'ready' || state.value.state === 'opening') return
    if (state.value.state === 'failed') return told({ status: 'failed', fault: state.value.fault })
    const client = keeper.current()
    if (client && client === current) return
    endCurrent?.()
    current = client
    endCurrent = client ? follow(find(client), told) : undefined
    if (!client) told({ status: 'loading' })
  }
  const end = keeper.opening.subscribe(look)
  look()
  return () => {
    end()
    endCurrent?.()
  }
}

/** Watches a topic; what it returns ends that. */
export type Watch = (topic: string, args: readonly unknown[], told: Told) => () => void

export function createWatch({ kit, keeper, notices }: Parts): Watch {
  const always: Record<Exclude<Topic, DiaryTopic>, () => Live<unknown> | Promise<Live<unknown>>> = {
    opening: () => keeper.opening,
    safe: () => keeper.state,
    secrets: () => keeper.secrets,
    notices: () => notices.shown,
    readiness: async () => (await kit).readiness,
    alert: async () => (await kit).current,
    reachable: async () => (await kit).reachable,
  }
  return (topic, args, told) => {
    if (isOfDiary(topic)) {
      // Arguments belong to their topic: the page's types have seen to that.
      const find = diaryFinders[topic] as (client: Client, ...args: unknown[]) => Live<unknown>
      return followClients(keeper, (client) => find(client, ...args), told)
    }
    if (!Object.hasOwn(always, topic)) return () => {}
    const found = always[topic as keyof typeof always]()
    return found instanceof Promise ? followLater(found, told) : follow(found, told)
  }
}
