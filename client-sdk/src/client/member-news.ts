/** Who was added since this device last looked, and by whom: a partner with the unlocked phone is seen (W19). */
import { headOf, type MemberId } from '@selene/shapes'
import { readMeta, writeMeta } from '../store/meta.ts'
import type { Reader, StoreTx } from '../store/store.ts'
import type { LocalVault, MemberInfo } from '../vault/vault.ts'

export interface NewMember extends Pick<MemberInfo, 'id' | 'kind' | 'label'> {
  /** The member that has added it. */
  readonly by: MemberId
}

/** Sequence of the last entry that the person has been shown here. */
export const seenLogKey = 'seen-log-seq'

export async function readNews(reader: Reader, vault: LocalVault): Promise<NewMember[]> {
  const seen = (await readMeta<number>(reader, seenLogKey)) ?? 0
  const infos = new Map(vault.members().map((info) => [info.id, info]))
  return (
    vault
      .additions()
      .filter(({ seq, id }) => seq > seen && id !== vault.device)
      .map(({ id, by }) => {
        const { kind, label } = infos.get(id)!
        return { id, kind, label, by }
      })
      // A device that was let in here may have been so by somebody else who held it.
      .filter(({ kind, by }) => kind === 'device' || by !== vault.device)
  )
}

export const lookedAtNews = (tx: StoreTx, vault: LocalVault): Promise<void> =>
  writeMeta(tx, seenLogKey, headOf(vault.view()).seq)
