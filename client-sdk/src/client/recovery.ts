/**
 * Recovery on a new device: the passphrase or phrase opens its member's card, that member admits this
 * device, and this device takes over the vault. It can be called again after any failure.
 */
import { bytesToBase64url, memberId, Problem, sameBytes, type VaultView } from '@selene/shapes'
import { noAnswer, type Http } from '../core/http.ts'
import type { Stretching } from '../crypto/passphrase.ts'
import type { Documents } from '../docs/documents.ts'
import type { Session } from '../sync/session.ts'
import { deviceMember, makeMemberAdded, sealLabel, signEntry } from '../vault/entry.ts'
import type { LocalVault } from '../vault/vault.ts'
import { buildAnew } from './build-anew.ts'
import { proveWay, wipeWay, type ProvenWay, type RecoverySecret } from './recovery-secret.ts'
import { fetchLog } from './remote-log.ts'
import { takeOver } from './take-over.ts'

interface Deps extends Stretching {
  readonly http: Http
  readonly vault: LocalVault
  readonly session: Session
  readonly documents: Documents
}

/** The entry by which the recovery member admits this device. */
function admission({ crypto, vault }: Deps, way: ProvenWay, label: string): Uint8Array {
  const { keys, view, epoch } = way
  const sealed = sealLabel(crypto, { epochKey: epoch.key, id: vault.device, label })
  const member = deviceMember(vault.keys, sealed)
  const entry = makeMemberAdded(crypto, { view, author: keys.id, epoch }, [member])
  const signers = [keys.sign, vault.keys.sign, vault.keys.sos].map((pair) => pair.secretKey)
  return signEntry(crypto, entry, signers)
}

/** Another entry may come first; then the member proves itself again, on the new head. */
const mostAttempts = 4

async function beAdmittedBy(deps: Deps, secret: RecoverySecret, label: string): Promise<VaultView> {
  const { http, crypto, vault } = deps
  const way = await proveWay(deps, secret)
  try {
    const { sign, box } = vault.keys
    const known = memberId({ signKey: sign.publicKey, boxKey: box.publicKey }, crypto)
    if (way.view.members.has(known)) return way.view
    const entry = bytesToBase64url(admission(deps, way, label))
    await http.call({
      method: 'POST',
      path: '/v1/recovery/devices',
      body: { grant: way.grant, entry },
      answer: noAnswer,
    })
    return way.view
  } finally {
    wipeWay(crypto, way)
  }
}

/** Whether the server goes on with the log that the card has vouched for. */
const goesOn = (now: VaultView, vouched: VaultView): boolean =>
  vouched.hashes.every((hash, i) => sameBytes(hash, now.hashes[i] ?? new Uint8Array(0)))

/**
 * Brings this device into the vault of the secret; what is in its diary comes along.
 * @throws {@link Problem} account/exists when this device has an account; auth/refused,
 * auth/phrase-unreadable, auth/weak-parameters, vault/forked, server/unreachable; this device is then as before.
 */
export async function recover(deps: Deps, secret: RecoverySecret, label: string): Promise<void> {
  const { vault, session } = deps
  if (session.current() !== 'none') throw new Problem('account/exists')
  const vouched = await buildAnew(() => beAdmittedBy(deps, secret, label), { most: mostAttempts })
  const answer = await session.signInDevice(vouched.vault)
  const log = await fetchLog(deps, answer)
  if (!goesOn(log.view, vouched) || !log.view.members.has(vault.device))
    throw new Problem('vault/forked')
  await takeOver(deps, { log, answer })
}
