/** Whether a verified log lets an envelope count; the same judgement on the server and on every device. */
import { sameBytes } from '../bytes/concat.ts'
import type { WireCrypto } from '../crypto.ts'
import {
  envelopeHash,
  envelopeSigningBytes,
  type Envelope,
  type EnvelopeHeader,
} from '../envelope.ts'
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

/** Whether the view has the log entry that an envelope names, and its epoch. */
const isReached = ({ hashes, epochs }: VaultView, { epoch, logSeq, logHash }: EnvelopeHeader) => {
  const named = hashes[logSeq]
  return named !== undefined && sameBytes(named.subarray(0, 16), logHash) && epoch <= epochs.length
}

/**
 * Checks vault, author, signature, log head, epoch and cut. An envelope that names an epoch or a log
 * entry this view does not reach yet is `vault/log-unknown`: ask again when the log has grown. So is one of an
 * author who is not known yet, and whose signature nobody has checked.
 */
export function judgeEnvelope(view: VaultView, envelope: Envelope, crypto: WireCrypto): Judged {
  const { header } = envelope
  if (header.vault !== view.vault) return { ok: false, code: 'vault/foreign' }
  const reached = header.epoch >= 1 && isReached(view, header)
  const author = view.members.get(header.device) ?? view.removed.get(header.device)
  if (author?.kind !== 'device')
    return { ok: false, code: reached ? 'vault/not-member' : 'vault/log-unknown' }
  const hash = envelopeHash(envelope, crypto)
  if (!crypto.verify(envelope.signature, envelopeSigningBytes(hash), author.signKey))
    return { ok: false, code: 'crypto/bad-signature' }
  if (!reached) return { ok: false, code: 'vault/log-unknown' }
  if (header.deviceSeq > cutFor(view, header.epoch, header.device))
    return { ok: false, code: 'vault/void' }
  return { ok: true, hash }
}
