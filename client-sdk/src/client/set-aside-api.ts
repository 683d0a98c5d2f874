/** What the server refused, as an app sees and decides about it. */
import type { OpId } from '@selene/shapes'
import { civilDate, type CivilDate, type LoggedDay } from '../calendar/index.ts'
import { createLive, type Live } from '../core/live.ts'
import type { Primitives } from '../crypto/primitives.ts'
import { monthOfName, readMonth } from '../diary/month.ts'
import type { Content, Documents } from '../docs/documents.ts'
import {
  dropRefused,
  listRefused,
  queueRefused,
  readRefused,
  type SetAside,
} from '../docs/refused.ts'
import { noteSubjects } from '../docs/note.ts'
import { readRegisters } from '../docs/register.ts'
import { writtenPart } from '../docs/written-part.ts'
import type { Store } from '../store/store.ts'
import type { Write, Writes } from '../sync/write.ts'

/** What a refused write is about. */
export interface SetAsideContent {
  /** Its document's name, as `profile`; absent where it is no write to a document. */
  readonly document?: string
  /** Of a month: the days it wrote to, with what it wrote as it stands here now. */
  readonly days: readonly LoggedDay[]
}

export interface SetAsideApi {
  /** What the server refused for good, the oldest first. */
  readonly setAside: Live<readonly SetAside[]>
  /** Looks into one; `undefined` when it is not set aside any more. */
  readSetAside(id: OpId): Promise<SetAsideContent | undefined>
  /**
   * Sends one once more; it is set aside anew if the server still refuses it.
   * @throws TypeError for one that is not `retriable`.
   */
  retrySetAside(id: OpId): Promise<Write>
  /**
   * Gives one up: the server never gets it. What it wrote stays in the diary on this device, and reaches others only
   * with a later summary of its document. @throws TypeError for one that is not there.
   */
  giveUpSetAside(id: OpId): Promise<void>
}

interface Deps {
  readonly store: Store
  readonly crypto: Primitives
  readonly documents: Documents
  readonly writes: Writes
  /** Runs after a commit: there is something to send. */
  readonly written: () => void
}

/** Days that a part of a month has written to, also where it took something away. */
function touchedDays(part: Content, month: string): LoggedDay[] {
  const here = new Map(readMonth(part, month).map((day) => [day.date, day.values]))
  const subjects = [...readRegisters(part).keys(), ...noteSubjects(part)]
  const dates = new Set(subjects.map((subject) => civilDate(`${month}-${subject.split('|')[0]}`)))
  return [...dates]
    .filter((date): date is CivilDate => date !== undefined)
    .toSorted()
    .map((date) => ({ date, values: here.get(date) ?? {} }))
}

export function createSetAsideApi(deps: Deps): SetAsideApi {
  const { store, crypto, documents, writes, written } = deps
  return {
    setAside: createLive(() => listRefused(store), store.committed),

    async readSetAside(id) {
      const isThere = (await listRefused(store)).some(({ opId }) => opId === id)
      if (!isThere) return undefined
      const row = await readRefused(store, id)
      if (!row) return { days: [] }
      const month = monthOfName(row.name)
      if (!month) return { document: row.name, days: [] }
      const part = writtenPart(await documents.read(row.name), row.content)
      return { document: row.name, days: touchedDays(part, month) }
    },

    async retrySetAside(id) {
      const opId = await documents.write((tx) => queueRefused(tx, crypto, id))
      if (!opId) throw new TypeError('this operation cannot be sent once more')
      const write = writes.track(opId)
      written()
      return write
    },

    async giveUpSetAside(id) {
      const isGone = await documents.write((tx) => dropRefused(tx, id))
      if (!isGone) throw new TypeError('no such operation is set aside')
    },
  }
}
