/**
 * Linking without a camera (W20). A word that is typed brings the two devices to one mailbox; six digits
 * that both show tell them apart from anybody in between. The new device commits to its keys before it
 * sees the member's, and the member answers before it sees them: nobody can choose the digits.
 */
import {
  decode,
  encode,
  headOf,
  linkCommitHash,
  linkDigits,
  linkNumbered,
  linkReply,
  linkReveal,
  Problem,
  sameBytes,
  type LinkCode,
} from '@selene/shapes'
import type { Http } from '../core/http.ts'
import type { DeviceKeys } from '../crypto/member-keys.ts'
import type { KeyPair, Primitives } from '../crypto/primitives.ts'
import { linkMailbox } from './link-channel.ts'
import type { Agreed } from './linking.ts'
import type { LocalVault } from './vault.ts'

interface Deps {
  readonly http: Http
  readonly crypto: Primitives
}

const commitPlace = 1
const replyPlace = 2
const revealPlace = 3
const places = { offer: 4, consent: 5, done: 6 } as const

/** What both sides have once the digits are there; it counts only when the people say that they are equal. */
export interface Compared {
  readonly digits: string
  /** As a QR code would have said it, but for the secret, which is that of the word and protects nothing. */
  readonly code: LinkCode
  readonly agreed: Agreed
}

const mailboxOf = ({ http, crypto }: Deps, word: string) => {
  const { link: rendezvous, secret } = linkNumbered(word, crypto)
  return { rendezvous, secret, mailbox: linkMailbox(http, crypto, { rendezvous, secret }) }
}

/** Opens the mailbox of a word; after this it may be shown. */
export async function openWordMeeting(deps: Deps, word: string): Promise<void> {
  await mailboxOf(deps, word).mailbox.create()
}

/** The new device's side. @throws {@link Problem} link/failed, link/expired. */
export async function compareAsNew(
  deps: Deps,
  link: { word: string; keys: DeviceKeys; signal: AbortSignal },
): Promise<Compared> {
  const { crypto } = deps
  const { rendezvous, secret, mailbox } = mailboxOf(deps, link.word)
  const { sign, box, sos } = link.keys
  const shown = { signKey: sign.publicKey, boxKey: box.publicKey, sosKey: sos.publicKey }
  const reveal = encode(linkReveal, { ...shown, nonce: crypto.random(32) })
  const commit = linkCommitHash(reveal, crypto)
  await mailbox.put(commitPlace, commit)
  const reply = await mailbox.get(replyPlace, link.signal)
  const read = decode(linkReply, reply)
  if (!read.ok) throw new Problem('link/failed')
  await mailbox.put(revealPlace, reveal)
  const { onceKey, vault, headSeq: seq, headHash: hash } = read.value
  const digits = linkDigits([commit, reply, reveal], crypto)
  return {
    digits,
    code: { rendezvous, secret, ...shown },
    agreed: { places, onceKey, head: { vault, seq, hash } },
  }
}

/** The member's side; the log must not grow before the offer. @throws {@link Problem} link/failed, link/expired. */
export async function compareAsMember(
  deps: Deps,
  link: { word: string; vault: LocalVault; once: KeyPair; signal: AbortSignal },
): Promise<Compared> {
  const { crypto } = deps
  const { rendezvous, secret, mailbox } = mailboxOf(deps, link.word)
  const view = link.vault.view()
  const head = headOf(view)
  const onceKey = link.once.publicKey
  const reply = encode(linkReply, {
    onceKey,
    nonce: crypto.random(32),
    vault: view.vault,
    headSeq: head.seq,
    headHash: head.hash,
  })
  const commit = await mailbox.get(commitPlace, link.signal)
  await mailbox.put(replyPlace, reply)
  const reveal = await mailbox.get(revealPlace, link.signal)
  const read = decode(linkReveal, reveal)
  if (!read.ok || !sameBytes(linkCommitHash(reveal, crypto), commit))
    throw new Problem('link/failed')
  const digits = linkDigits([commit, reply, reveal], crypto)
  const { signKey, boxKey, sosKey } = read.value
  return {
    digits,
    code: { rendezvous, secret, signKey, boxKey, sosKey },
    agreed: { places, onceKey, head: { vault: view.vault, ...head } },
  }
}
