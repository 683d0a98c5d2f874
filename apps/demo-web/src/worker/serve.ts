/**
 * The calls of the diary over the SDK. What needs only the SOS kit works while the store is locked, is still being opened, or
 * cannot be.
 */
import {
  Problem,
  until,
  type Alert,
  type Client,
  type Day,
  type ImportPreview,
  type SettingEdit,
  type SosKit,
  type Undone,
} from '@selene/client-sdk'
import type { LoggedDay } from '@selene/client-sdk/calendar'
import { csvColumnWords, sniffCsv } from '@selene/client-sdk/interchange'
import { backupCalls } from './backups.ts'
import { lockAtEnding } from './ending-lock.ts'
import type { Facade, UndoneEdit } from './facade.ts'
import { grantCalls } from './grants.ts'
import type { Keeper } from './keeper.ts'
import { linkingCalls } from './linking.ts'
import { memberCalls } from './members.ts'
import type { Notices } from './notices.ts'
import { peopleCalls } from './people.ts'

interface Parts {
  readonly kit: Promise<SosKit>
  readonly keeper: Keeper
  readonly notices: Notices
}

/** Previews of as many tabs are kept. */
const mostPreviews = 4

/** Previews until they are committed, each under a number of its own. */
function createPreviews() {
  const kept = new Map<string, ImportPreview>()
  return {
    /** What of a preview can cross: all but the function that commits it. */
    keep(preview: ImportPreview) {
      const { commit: _, ...summary } = preview
      const id = crypto.randomUUID()
      kept.set(id, preview)
      const [oldest] = kept.keys()
      if (kept.size > mostPreviews && oldest !== undefined) kept.delete(oldest)
      return { ...summary, id }
    },
    /** @throws Problem store/handed-over when the tab that had it is gone */
    async commit(id: string): Promise<void> {
      const preview = kept.get(id)
      if (!preview) throw new Problem('store/handed-over')
      await preview.commit()
      kept.delete(id)
    },
    clear: () => kept.clear(),
  }
}

/** A day as a report tells it. */
function withWholeNote({ date, values, importedNote }: Day): LoggedDay {
  if (importedNote === undefined) return { date, values }
  const notes = [importedNote, values['note.value']].filter((note) => note !== undefined)
  return { date, values: { ...values, 'note.value': notes.join('\n') } }
}

/** Values that hold, of profile and settings. */
async function chosenNow({ profile, settings }: Client): Promise<SettingEdit[]> {
  const edits = await Promise.all([settings.history(), profile.history()])
  return edits.flat().filter(({ shown, value }) => shown && value !== null)
}

/** What of it can cross. */
function undoneEdit(undone: Undone): UndoneEdit {
  if (undone.outcome !== 'undone') return undone
  const { write: _, ...edit } = undone
  return edit
}

const bytesOf = async (file: Blob): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer())

const ended: readonly Alert['phase'][] = ['resolved', 'cancelled', 'expired']

/** Her alert that runs. */
async function runningAlert(kit: SosKit): Promise<Alert | undefined> {
  const alert = await until(kit.current, () => true)
  return alert && !ended.includes(alert.phase) ? alert : undefined
}

function storeCalls(keeper: Keeper) {
  return {
    create: keeper.create,
    unlock: keeper.unlock,
    lock: async () => (await keeper.safe).lock(),
    setAutoLock: keeper.setAutoLock,
    touch: async () => (await keeper.safe).touch(),
    addSecret: keeper.addSecret,
    changeSecret: keeper.changeSecret,
    removeSecret: keeper.removeSecret,
    checkStore: async () => (await keeper.safe).check(),
    erase: async () => (await keeper.safe).erase(),
  } satisfies Partial<Facade>
}

function alertCalls(kit: Promise<SosKit>, client: Keeper['client']) {
  return {
    raise: async (options, again) =>
      (again ? await runningAlert(await kit) : undefined) ?? (await kit).raise(options),
    arm: async (options, again) =>
      (again ? await runningAlert(await kit) : undefined) ?? (await kit).arm(options),
    fire: async (id) => (await kit).fire(id),
    update: async (id, details) => (await kit).update(id, details),
    cancel: async (id) => (await kit).cancel(id),
    resolve: async (id) => (await kit).resolve(id, 'safe'),
    dismiss: async (id) => (await kit).dismiss(id),
    respond: async (id, state, note) => (await client()).sos.respond(id, state, note),
    locate: async (id) => (await client()).sos.locate(id),
  } satisfies Partial<Facade>
}

export function createFacade({ kit, keeper, notices }: Parts): Facade {
  const { client } = keeper
  const previews = createPreviews()
  // What was made of the open diary goes with it.
  keeper.opening.subscribe(() => {
    if (!keeper.current()) previews.clear()
  })

  return {
    ...storeCalls(keeper),
    ...alertCalls(kit, client),
    ...linkingCalls(keeper),
    ...memberCalls(keeper, lockAtEnding(keeper)),
    ...backupCalls(keeper),
    ...grantCalls(keeper),
    ...peopleCalls({ client, kit }),

    edit: async (date, change) => void (await (await client()).diary.edit(date, change)),
    undo: async () => undoneEdit(await (await client()).diary.undo()),
    setProfile: async (change) => void (await (await client()).profile.set(change)),
    setSettings: async (change) => void (await (await client()).settings.set(change)),
    chosen: async () => chosenNow(await client()),
    putEpisode: async (episode) => void (await (await client()).episodes.put(episode)),
    removeEpisode: async (id) => void (await (await client()).episodes.remove(id)),
    putReminder: async (rule) => void (await (await client()).reminders.put(rule)),
    removeReminder: async (id) => void (await (await client()).reminders.remove(id)),
    setQuietHours: async (hours) => void (await (await client()).reminders.setQuietHours(hours)),
    dismissNotices: async () => notices.dismissAll(),
    previewImport: async (file, options) =>
      previews.keep(await (await client()).diary.preview(file, options)),
    commitImport: previews.commit,
    sniffTable: async (file) => sniffCsv(await bytesOf(file)),
    async tableWords(file, columns) {
      const bytes = await bytesOf(file)
      return Object.fromEntries(columns.map((column) => [column, csvColumnWords(bytes, column)]))
    },
    exportDiary: async (order) => (await client()).diary.export(order),
    async readDays(from, to) {
      const days = await until((await client()).diary.range(from, to), () => true)
      return days.map(withWholeNote)
    },

    register: async (account) => (await client()).account.register(account),
    signIn: async (account) => (await client()).account.signIn(account),
    syncNow: async () => (await client()).sync.flush(),
    hidden: async () => keeper.current()?.sync.hidden(),

    setLocation: async (settings) => (await client()).location.set(settings),
    reportPosition: async (position) => keeper.current()?.location.report(position),
  }
}
