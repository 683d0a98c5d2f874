/**
 * The facade over the SDK. The SOS kit and the client are promises: what needs only the kit works while
 * the diary's database is still being opened, or when it cannot be.
 */
import {
  Problem,
  until,
  type Client,
  type Day,
  type ImportPreview,
  type Joining,
  type Live,
  type SosKit,
} from '@selene/client-sdk'
import { csvColumnWords, sniffCsv, type LoggedDay } from '@selene/client-sdk/calendar'
import type { Facade, ImportSummary, Opening, Topic, Topics } from './facade.ts'
import { unexpected, type Fault } from './fault.ts'
import { createLiveValue } from './live-value.ts'
import type { Notices } from './notices.ts'
import { watchSymptoms } from './symptoms.ts'
import { createWatches, type FindLive } from './topics.ts'

interface Parts {
  readonly kit: Promise<SosKit>
  readonly client: Promise<Client>
  readonly notices: Notices
}

/** What the page may know of something thrown; of anything but a problem, only that it happened. */
export function describeFault(thrown: unknown): Fault {
  if (!(thrown instanceof Problem)) return unexpected
  const { code, title, remedy, detail, faults } = thrown
  return {
    code,
    title,
    remedy,
    ...(detail !== undefined && { detail }),
    ...(faults !== undefined && { faults }),
  }
}

/** The opening of the store as a live value. */
function watchOpening(client: Promise<Client>): Live<Opening> {
  const { live, set } = createLiveValue<Opening>({ state: 'opening' })
  client.then(
    ({ storeKind }) => set({ state: 'open', kind: storeKind }),
    (error: unknown) => set({ state: 'failed', fault: describeFault(error) }),
  )
  return live
}

function createFinder({ kit, client, notices }: Parts): FindLive {
  const opening = watchOpening(client)
  const finders: {
    [T in Topic]: (...args: Topics[T]['args']) => Promise<Live<Topics[T]['value']>>
  } = {
    opening: async () => opening,
    notices: async () => notices.shown,
    readiness: async () => (await kit).readiness,
    alert: async () => (await kit).current,
    account: async () => (await client).account.state,
    vault: async () => (await client).vault.state,
    sync: async () => (await client).sync.state,
    setAside: async () => (await client).sync.setAside,
    day: async (date) => (await client).diary.day(date),
    range: async (from, to) => (await client).diary.range(from, to),
    cycles: async () => (await client).diary.cycles,
    forecast: async () => (await client).diary.forecast,
    insights: async () => (await client).diary.insights,
    symptoms: async () => watchSymptoms((await client).diary),
    evaluation: async (cycleStart) => (await client).diary.evaluation(cycleStart),
    profile: async () => (await client).profile.values,
    episodes: async () => (await client).episodes.list,
    reminders: async () => (await client).reminders.settings,
    nextReminders: async () => (await client).reminders.next,
    reminderReach: async () => createLiveValue((await client).reminders.reach).live,
    incoming: async () => (await client).sos.incoming,
    contacts: async () => (await client).contacts.list,
    ownName: async () => (await client).contacts.ownName,
    location: async () => (await client).location.state,
  }
  return (topic, args) => finders[topic](...args)
}

/** What of a preview can cross: all but the function that commits it. */
function summaryOf(preview: ImportPreview): ImportSummary {
  const { commit: _, ...summary } = preview
  return summary
}

/** A day as a report tells it. */
function withWholeNote({ date, values, importedNote }: Day): LoggedDay {
  if (importedNote === undefined) return { date, values }
  const notes = [importedNote, values['note.value']].filter((note) => note !== undefined)
  return { date, values: { ...values, 'note.value': notes.join('\n') } }
}

const bytesOf = async (file: Blob): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer())

/** A link that is no invitation is misuse to the SDK, and a slip of the hand to a person. */
async function accept(client: Client, link: string, name: string | undefined) {
  try {
    return await client.contacts.accept(link, name)
  } catch (error) {
    if (error instanceof TypeError) throw new Problem('request/invalid', { cause: error })
    throw error
  }
}

export function createFacade(parts: Parts): Facade {
  const { kit, client, notices } = parts
  const find = createFinder(parts)
  const watches = createWatches(describeFault)
  let preview: ImportPreview | undefined
  let joining: Joining | undefined

  return {
    async watch({ id, topic, args }, told) {
      watches.start(id, find(topic, args), told)
    },
    unwatch: (id) => watches.end(id),

    edit: async (date, change) => void (await (await client).diary.edit(date, change)),
    setProfile: async (change) => void (await (await client).profile.set(change)),
    putEpisode: async (episode) => void (await (await client).episodes.put(episode)),
    removeEpisode: async (id) => void (await (await client).episodes.remove(id)),
    putReminder: async (rule) => void (await (await client).reminders.put(rule)),
    removeReminder: async (id) => void (await (await client).reminders.remove(id)),
    setQuietHours: async (hours) => void (await (await client).reminders.setQuietHours(hours)),
    dismissNotices: () => notices.dismissAll(),
    async previewImport(file, options) {
      preview = undefined
      preview = await (await client).diary.preview(file, options)
      return summaryOf(preview)
    },
    async commitImport() {
      await preview?.commit()
      preview = undefined
    },
    sniffTable: async (file) => sniffCsv(await bytesOf(file)),
    async tableWords(file, columns) {
      const bytes = await bytesOf(file)
      return Object.fromEntries(columns.map((column) => [column, csvColumnWords(bytes, column)]))
    },
    exportDiary: async (order) => (await client).diary.export(order),
    async readDays(from, to) {
      const days = await until((await client).diary.range(from, to), () => true)
      return days.map(withWholeNote)
    },

    register: async (account) => (await client).account.register(account),
    signIn: async (account) => (await client).account.signIn(account),
    syncNow: async () => (await client).sync.flush(),

    async startJoining() {
      joining?.cancel()
      joining = await (await client).vault.join()
      return joining.code
    },
    joined: async () => joining?.done,
    cancelJoining: () => joining?.cancel(),
    admit: async (code, label) => (await client).vault.admit(code, { label }),

    raise: async (options) => (await kit).raise(options),
    arm: async (options) => (await kit).arm(options),
    fire: async (id) => (await kit).fire(id),
    update: async (id, details) => (await kit).update(id, details),
    cancel: async (id) => (await kit).cancel(id),
    resolve: async (id) => (await kit).resolve(id, 'safe'),
    dismiss: async (id) => (await kit).dismiss(id),
    respond: async (id, state, note) => (await client).sos.respond(id, state, note),
    locate: async (id) => (await client).sos.locate(id),

    setOwnName: async (name) => (await client).contacts.setOwnName(name),
    async invite(name) {
      const { link, expiresAt } = await (await client).contacts.invite(name)
      return { link: link.href, expiresAt }
    },
    accept: async (link, name) => accept(await client, link, name),
    removeContact: async (id) => (await client).contacts.remove(id),
    setLocation: async (settings) => (await client).location.set(settings),
    reportPosition: (position) =>
      void client.then(({ location }) => location.report(position)).catch(() => {}),
  }
}
