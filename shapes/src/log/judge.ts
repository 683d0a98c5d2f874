/** Whether a verified log lets an envelope count; the same judgement on the server and on every device. */
import { sameBytes } from '../bytes/concat.ts'
import type { WireCrypto } from '../crypto.ts'
import { envelopeHash, envelopeSigningBytes, type Envelope } from '../envelope.ts'
import type { ProblemCode } from '../problem.ts'
import { cutFor, type VaultView } from './vault-view.ts'

export type Judged =
  | { ok: true; hash: Uint8Array }
  | {
      ok: false
      code: Extract<
        ProblemCode,
        | 'vault/foreign'
        | 'vault/not-member'
        | 'vault/log-unknown'
        | 'vault/void'
        | 'crypto/bad-signature'
      >
    }

/**
 * Checks vault, author, epoch, cut, log head and signature. An envelope that names an epoch or a log
 * entry this view does not reach yet is `vault/log-unknown`: ask again when the log has grown.
 */
export function judgeEnvelope(view: VaultView, envelope: Envelope, crypto: WireCrypto): Judged {
  const { header } = envelope
  if (header.vault !== view.vault) return { ok: false, code: 'vault/foreign' }
  if (header.logSeq >= view.hashes.length || header.epoch > view.epochs.length)
    return { ok: false, code: 'vault/log-unknown' }
  if (header.epoch < 1 || !sameBytes(view.hashes[header.logSeq]!.subarray(0, 16), header.logHash))
    return { ok: false, code: 'vault/log-unknown' }
  const author = view.members.get(header.device) ?? view.removed.get(header.device)
  if (author?.kind !== 'device') return { ok: false, code: 'vault/not-member' }
  const hash = envelopeHash(envelope, crypto)
  if (!crypto.verify(envelope.signature, envelopeSigningBytes(hash), author.signKey))
    return { ok: false, code: 'crypto/bad-signature' }
  if (header.deviceSeq > cutFor(view, header.epoch, header.device))
    return { ok: false, code: 'vault/void' }
  return { ok: true, hash }
}
