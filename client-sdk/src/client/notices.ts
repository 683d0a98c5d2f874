/**
 * Where notices of the live connection go: each is stored together with how far the connection is. One
 * that can never be stored as it is stands before none behind it: it is stored without what its contact
 * sealed, so that the alert at least is shown, and if even that cannot be, it is passed over.
 */
import type { AlertId, AlertNotice, Notice } from '@selene/shapes'
import type { Documents } from '../docs/documents.ts'
import { readMeta, writeMeta } from '../store/meta.ts'
import type { Reader, Store, StoreTx } from '../store/store.ts'
import type { Kit } from '../sos/kit.ts'
import type { Notices } from './replication.ts'

interface Deps {
  readonly store: Store
  readonly documents: Documents
  readonly kit: Kit
  readonly takeAlert: (tx: StoreTx, notice: AlertNotice) => Promise<void>
}

const lastIdKey = 'live-last-id'
const lastId = async (reader: Reader): Promise<number> =>
  (await readMeta<number>(reader, lastIdKey)) ?? 0

/** Whether trying again cannot help: the content is at fault (SQLSTATE classes 22 and 23), or we are. */
const isForGood = (error: unknown): boolean =>
  error instanceof TypeError ||
  error instanceof RangeError ||
  /^2[23]...$/.test(String((error as { code?: unknown } | null)?.code))

function withoutSlot(notice: AlertNotice): AlertNotice {
  const { slot: _, ...rest } = notice
  return rest
}

export function createNotices({ store, documents, kit, takeAlert }: Deps): Notices {
  const takeOne = (id: number, alert: AlertNotice | undefined): Promise<void> =>
    documents.write(async (tx) => {
      if (alert) await takeAlert(tx, alert)
      // Notices come in the order of their commits, which is not always that of their numbers.
      if (id > (await lastId(tx))) await writeMeta(tx, lastIdKey, id)
    })

  async function takeWhatCanBe(alert: AlertNotice): Promise<void> {
    const forms = [alert, withoutSlot(alert)]
    for (const form of forms) {
      try {
        return await takeOne(alert.id, form)
      } catch (error) {
        if (!isForGood(error)) throw error
      }
    }
    await takeOne(alert.id, undefined)
  }

  return {
    lastId: () => lastId(store),
    async take(notice: Notice) {
      if (notice.kind === 'alert') return takeWhatCanBe(notice)
      await takeOne(notice.id, undefined)
      kit.heard(notice.alert as AlertId)
    },
  }
}
