/** Takes this device from its own vault into another one; what is in its diary comes along. */
import { headOf, Problem, type SessionAnswer } from '@selene/shapes'
import { writeMeta } from '../store/meta.ts'
import type { Documents } from '../docs/documents.ts'
import type { Session } from '../sync/session.ts'
import type { LocalVault } from '../vault/vault.ts'
import { seenLogKey } from './member-news.ts'
import type { RemoteLog } from './remote-log.ts'

interface Deps {
  readonly vault: LocalVault
  readonly session: Session
  readonly documents: Documents
}

/**
 * One transaction: the device is of the other vault, or as before.
 * @throws {@link Problem} account/exists; link/failed when the log gives this device no key.
 */
export async function takeOver(
  { vault, session, documents }: Deps,
  { log, answer }: { log: RemoteLog; answer: SessionAnswer },
): Promise<void> {
  const adopted = await documents.write(async (tx) => {
    if (session.current() !== 'none') throw new Problem('account/exists')
    const refused = await vault.replace(tx, log.entries)
    if (refused) throw new Problem('link/failed')
    await documents.rehome(tx)
    await writeMeta(tx, seenLogKey, headOf(vault.view()).seq)
    return session.adopt(tx, answer)
  })
  adopted()
}
