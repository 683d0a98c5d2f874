/** Passphrase and phrase as members of the vault: keys at random, sealed in cards that the secrets open. */
import { headOf, type KdfParameters, type Member, type VaultView } from '@selene/shapes'
import { sealCard } from '../crypto/card.ts'
import { memberKeys, type MemberKeys } from '../crypto/member-keys.ts'
import type { Primitives } from '../crypto/primitives.ts'
import { sealLabel, type EpochKey } from './entry.ts'

export interface RecoveryMember {
  readonly keys: MemberKeys
  readonly member: Member
  readonly card: Uint8Array
}

const noKdf = (): KdfParameters => ({
  kind: 'none',
  ops: 0,
  memoryBytes: 0,
  salt: new Uint8Array(16),
})

/** Makes a member whose seeds only the card key opens; the card names the head it was made at (W8). */
export function makeRecoveryMember(
  crypto: Primitives,
  log: { view: VaultView; epoch: EpochKey },
  secret: { kind: 'passphrase' | 'phrase'; cardKey: Uint8Array; kdf?: KdfParameters },
): RecoveryMember {
  const seeds = { sign: crypto.random(32), box: crypto.random(32) }
  const keys = memberKeys(crypto, seeds)
  const { view, epoch } = log
  const head = headOf(view)
  const card = sealCard(crypto, secret.cardKey, {
    header: {
      version: 1,
      vault: view.vault,
      genesisHash: view.hashes[0]!,
      member: keys.id,
      kdf: secret.kdf ?? noKdf(),
      logSeq: head.seq,
      logHash: head.hash,
    },
    seeds,
  })
  crypto.wipe(seeds.sign)
  crypto.wipe(seeds.box)
  const label = sealLabel(crypto, { epochKey: epoch.key, id: keys.id, label: secret.kind })
  return {
    keys,
    card,
    member: {
      kind: secret.kind,
      signKey: keys.sign.publicKey,
      boxKey: keys.box.publicKey,
      sosKey: undefined,
      label,
    },
  }
}
