/** Joining another device's vault: admitted by it, then its whole log is fetched, verified and taken over. */
import {
  appendEntry,
  Problem,
  sameBytes,
  startVault,
  type Folded,
  type LinkCode,
  type SessionAnswer,
} from '@selene/shapes'
import type { Http } from '../core/http.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { Documents } from '../docs/documents.ts'
import type { Session } from '../sync/session.ts'
import { readShapeOnce } from '../sync/shape-once.ts'
import { beAdmitted, type Admission } from '../vault/linking.ts'
import type { LocalVault } from '../vault/vault.ts'

interface Deps {
  readonly http: Http
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly session: Session
  readonly documents: Documents
}

/** The log that the admitting device vouched for: from its genesis, through its head, to the entry that adds this device. */
async function fetchLog(
  { http, crypto, vault }: Deps,
  admission: Admission,
  answer: SessionAnswer,
): Promise<Uint8Array[]> {
  const rows = await readShapeOnce('vault_log', {
    server: http.server,
    fetch(request) {
      const authorized = new Request(request)
      authorized.headers.set('authorization', `Bearer ${answer.access_token}`)
      return http.send(authorized)
    },
  })
  const [genesis, ...later] = rows.toSorted((a, b) => a.seq - b.seq).map((row) => row.entry)
  if (!genesis) throw new Problem('link/failed')
  let folded: Folded = startVault(genesis, crypto)
  for (const entry of later) if (folded.ok) folded = appendEntry(folded.view, entry, crypto)
  if (!folded.ok) throw new Problem('link/failed')
  const { hashes, members } = folded.view
  const vouched =
    sameBytes(hashes[0]!, admission.genesisHash) &&
    sameBytes(hashes[admission.headSeq] ?? new Uint8Array(0), admission.headHash) &&
    folded.view.vault === admission.vault &&
    members.has(vault.device)
  if (!vouched) throw new Problem('link/failed')
  return [genesis, ...later]
}

/**
 * Takes this device from its own vault into the one that admits it; what is in its diary comes along.
 * @throws {@link Problem} link/failed, link/expired, server/unreachable; this device is then as before.
 */
export async function joinVault(
  deps: Deps,
  link: { code: LinkCode; signal: AbortSignal },
): Promise<void> {
  const { http, crypto, vault, session, documents } = deps
  const admission = await beAdmitted({ http, crypto }, { ...link, keys: vault.keys })
  const answer = await session.signInDevice(admission.vault)
  const log = await fetchLog(deps, admission, answer)
  await documents.write(async (tx) => {
    const refused = await vault.replace(tx, log)
    if (refused) throw new Problem('link/failed')
    await documents.rehome(tx)
    await session.adopt(tx, answer)
  })
  session.adopted()
}
