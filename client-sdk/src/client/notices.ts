/** Where notices of the live connection go: each is stored together with how far the connection is. */
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

export function createNotices({ store, documents, kit, takeAlert }: Deps): Notices {
  return {
    lastId: () => lastId(store),
    async take(notice: Notice) {
      await documents.write(async (tx) => {
        if (notice.kind === 'alert') await takeAlert(tx, notice)
        // Notices come in the order of their commits, which is not always that of their numbers.
        if (notice.id > (await lastId(tx))) await writeMeta(tx, lastIdKey, notice.id)
      })
      if (notice.kind === 'standing') kit.heard(notice.alert as AlertId)
    },
  }
}
