/** What is signed to prove that a key is held: a session's start, each refresh (W69), recovery by phrase (W10). */
import { concat, utf8 } from './bytes/concat.ts'
import type { WireCrypto } from './crypto.ts'
import { domains } from './domain.ts'
import { uuidToBytes, type DeviceId } from './id.ts'

export function sessionSigningBytes(
  proof: { challenge: Uint8Array; device: DeviceId },
  crypto: WireCrypto,
): Uint8Array {
  const hash = crypto.hash([domains.session, proof.challenge, uuidToBytes(proof.device)])
  return concat(domains.sigSession, hash)
}

export function refreshSigningBytes(
  proof: { refreshToken: string; requestId: string; nonce: Uint8Array },
  crypto: WireCrypto,
): Uint8Array {
  const tokenHash = crypto.hash([utf8(proof.refreshToken)])
  const hash = crypto.hash([domains.refresh, tokenHash, uuidToBytes(proof.requestId), proof.nonce])
  return concat(domains.sigRefresh, hash)
}

/** By the sign-in key that the words of a phrase yield. */
export function recoverySigningBytes(
  proof: { challenge: Uint8Array; key: Uint8Array },
  crypto: WireCrypto,
): Uint8Array {
  const hash = crypto.hash([domains.recovery, proof.challenge, proof.key])
  return concat(domains.sigRecovery, hash)
}
