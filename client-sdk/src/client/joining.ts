/** Joining another device's vault: admitted by it, then its whole log is fetched, verified and taken over. */
import { Problem, sameBytes, type DeviceId, type LinkCode, type VaultView } from '@selene/shapes'
import type { Http } from '../core/http.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { Documents } from '../docs/documents.ts'
import type { Session } from '../sync/session.ts'
import { beAdmitted, type Admission, type Agreed } from '../vault/linking.ts'
import type { LocalVault } from '../vault/vault.ts'
import { fetchLog } from './remote-log.ts'
import { takeOver } from './take-over.ts'

interface Deps {
  readonly http: Http
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly session: Session
  readonly documents: Documents
}

/** Whether the log is the one that the admitting device vouched for: from its genesis, through its head, to this device. */
function isVouched(view: VaultView, admission: Admission, device: DeviceId): boolean {
  const { hashes, members, vault } = view
  return (
    sameBytes(hashes[0]!, admission.genesisHash) &&
    sameBytes(hashes[admission.headSeq] ?? new Uint8Array(0), admission.headHash) &&
    vault === admission.vault &&
    members.has(device)
  )
}

/** Whether the log has the head that went into the digits. */
const passesThrough = ({ hashes }: VaultView, { head }: Agreed): boolean =>
  sameBytes(hashes[head.seq] ?? new Uint8Array(0), head.hash)

/**
 * Takes this device from its own vault into the one that admits it; what is in its diary comes along.
 * @throws {@link Problem} link/failed, link/expired, server/unreachable, account/exists; this device is
 * then as before.
 */
export async function joinVault(
  deps: Deps,
  link: { code: LinkCode; signal: AbortSignal; agreed?: Agreed },
): Promise<void> {
  const { http, crypto, vault, session } = deps
  const admission = await beAdmitted({ http, crypto }, { ...link, keys: vault.keys })
  const answer = await session.signInDevice(admission.vault)
  const log = await fetchLog(deps, answer, link.signal)
  if (!isVouched(log.view, admission, vault.device)) throw new Problem('link/failed')
  if (link.agreed && !passesThrough(log.view, link.agreed)) throw new Problem('link/failed')
  await takeOver(deps, { log, answer })
}
