/**
 * Linking a new device by QR (W19). The new device shows its keys and a secret; a member scans them,
 * offers the log entry that would admit exactly those keys, the new device checks and signs it, and the
 * member appends it.
 */
import {
  concat,
  decode,
  encode,
  encodeEntry,
  entryHash,
  entrySigningBytes,
  headOf,
  joinEntry,
  linkCodeFromText,
  linkConsent,
  linkDone,
  linkOffer,
  memberId,
  parseEntry,
  parseUnsignedEntry,
  Problem,
  sameBytes,
  stampUuid,
  type LinkCode,
  type LinkId,
  type LogEntry,
  type MemberId,
  type SignedEntry,
  type VaultId,
} from '@selene/shapes'
import type { Http } from '../core/http.ts'
import type { DeviceKeys } from '../crypto/member-keys.ts'
import type { KeyPair, Primitives } from '../crypto/primitives.ts'
import { deviceMember, makeMemberAdded, sealLabel } from './entry.ts'
import { linkCipher, linkMailbox } from './link-channel.ts'
import type { LocalVault } from './vault.ts'

interface Deps {
  readonly http: Http
  readonly crypto: Primitives
}

/** What the member's answer bound the new device to. */
export interface Admission {
  readonly vault: VaultId
  readonly genesisHash: Uint8Array
  readonly headSeq: number
  readonly headHash: Uint8Array
}

/** Numbers of the messages in the mailbox; a link by digits has three before them. */
interface Places {
  readonly offer: number
  readonly consent: number
  readonly done: number
}
const ownPlaces: Places = { offer: 1, consent: 2, done: 3 }

/** What digits that two people compared have settled before (W20). */
export interface Agreed {
  readonly places: Places
  /** The member's one-time key: its public half on the new device's side. */
  readonly onceKey: Uint8Array
  readonly head: { readonly vault: VaultId; readonly seq: number; readonly hash: Uint8Array }
}
const boxKeyBytes = 32

export function newLinkCode(crypto: Primitives, keys: DeviceKeys): LinkCode {
  return {
    rendezvous: stampUuid<LinkId>(crypto.random(16), 4),
    secret: crypto.random(32),
    signKey: keys.sign.publicKey,
    boxKey: keys.box.publicKey,
    sosKey: keys.sos.publicKey,
  }
}

/** Opens the mailbox in which the two devices meet; after this the code may be shown. */
export const openMeeting = ({ http, crypto }: Deps, code: LinkCode): Promise<void> =>
  linkMailbox(http, crypto, code).create()

/**
 * The new device's side: waits for the offer, checks that it admits these keys and nothing else, signs
 * it and waits until it stands in the log.
 * @throws {@link Problem} link/failed, link/expired.
 */
export async function beAdmitted(
  { http, crypto }: Deps,
  link: { code: LinkCode; keys: DeviceKeys; signal: AbortSignal; agreed?: Agreed },
): Promise<Admission> {
  const { code, keys, signal, agreed } = link
  const places = agreed?.places ?? ownPlaces
  const mailbox = linkMailbox(http, crypto, code)
  const message = await mailbox.get(places.offer, signal)
  const other = message.subarray(0, boxKeyBytes)
  if (agreed && !sameBytes(other, agreed.onceKey)) throw new Problem('link/failed')
  const cipher = linkCipher(crypto, code, { own: keys.box, other })
  const offer = decode(linkOffer, cipher.open(places.offer, message.subarray(boxKeyBytes)))
  if (!offer.ok) throw new Problem('link/failed')
  const { unsignedEntry, ...admission } = offer.value
  if (!admitsExactly(crypto, unsignedEntry, { admission, code })) throw new Problem('link/failed')
  if (agreed && admission.vault !== agreed.head.vault) throw new Problem('link/failed')
  const signed = entrySigningBytes(entryHash(unsignedEntry, crypto))
  const consent = encode(linkConsent, {
    signature: crypto.sign(signed, keys.sign.secretKey),
    sosSignature: crypto.sign(signed, keys.sos.secretKey),
  })
  await mailbox.put(places.consent, cipher.seal(places.consent, consent))
  const done = decode(linkDone, cipher.open(places.done, await mailbox.get(places.done, signal)))
  if (!done.ok) throw new Problem('link/failed')
  return admission
}

function admitsExactly(
  crypto: Primitives,
  unsignedEntry: Uint8Array,
  { admission, code }: { admission: Admission; code: LinkCode },
): boolean {
  const entry = parseUnsignedEntry(unsignedEntry)
  if (!entry.ok || entry.value.payload.type !== 'member-added') return false
  const { vault, seq, prev, payload } = entry.value
  const [added, ...more] = payload.members
  return (
    vault === admission.vault &&
    seq === admission.headSeq + 1 &&
    sameBytes(prev, admission.headHash) &&
    more.length === 0 &&
    added?.member.kind === 'device' &&
    memberId(added.member, crypto) === memberId(code, crypto) &&
    sameBytes(added.member.sosKey ?? new Uint8Array(0), code.sosKey)
  )
}

interface Admitting {
  readonly label: string
  readonly vault: LocalVault
  /** Raw entries of the vault's log. */
  readonly log: readonly Uint8Array[]
  readonly append: (entry: Uint8Array) => Promise<void>
  readonly signal: AbortSignal
}

/**
 * The member's side: offers the entry, takes the new device's signatures and hands the signed entry to
 * `append`, which resolves with its place once the server has it.
 * @throws {@link Problem} link/failed for anything but a link code, link/expired.
 */
export async function admit(deps: Deps, link: Admitting & { text: string }): Promise<void> {
  const code = linkCodeFromText(link.text)
  if (!code.ok) throw new Problem('link/failed', { detail: 'this is not a link code' })
  const once = deps.crypto.boxPair(deps.crypto.random(32))
  await admitCode(deps, { ...link, code: code.value, once, places: ownPlaces })
}

/** The same for a code that is known, under a one-time key that may have been shown before. */
export async function admitCode(
  { http, crypto }: Deps,
  link: Admitting & { code: LinkCode; once: KeyPair; places: Places },
): Promise<void> {
  const { code, once, places, vault, signal } = link
  const view = vault.view()
  const standing = standingEntry(crypto, link.log, memberId(code, crypto))
  const unsignedEntry = standing?.unsigned ?? encodeEntry(newEntry(crypto, code, link))
  const seq = standing?.seq ?? headOf(view).seq + 1
  const mailbox = linkMailbox(http, crypto, code)
  const cipher = linkCipher(crypto, code, { own: once, other: code.boxKey })
  const offer = encode(linkOffer, {
    vault: view.vault,
    genesisHash: view.hashes[0]!,
    headSeq: seq - 1,
    headHash: view.hashes[seq - 1]!,
    unsignedEntry,
  })
  await mailbox.put(places.offer, concat(once.publicKey, cipher.seal(places.offer, offer)))
  const consent = decode(
    linkConsent,
    cipher.open(places.consent, await mailbox.get(places.consent, signal)),
  )
  if (!consent.ok) throw new Problem('link/failed')
  const signed = entrySigningBytes(entryHash(unsignedEntry, crypto))
  const own = crypto.sign(signed, vault.keys.sign.secretKey)
  const { signature, sosSignature } = consent.value
  if (!standing) await link.append(joinEntry(unsignedEntry, [own, signature, sosSignature]))
  await mailbox.put(places.done, cipher.seal(places.done, encode(linkDone, { entrySeq: seq })))
}

/**
 * The entry that has admitted these keys already: an earlier link broke off before the new device had
 * heard of it. A member cannot be added twice, so the same entry is offered again.
 */
function standingEntry(
  crypto: Primitives,
  log: readonly Uint8Array[],
  id: MemberId,
): SignedEntry | undefined {
  const entries = log.map(parseEntry).flatMap((entry) => (entry.ok ? [entry.value] : []))
  return entries.find(({ payload }) => {
    const [added, ...more] = payload.type === 'member-added' ? payload.members : []
    return added && more.length === 0 && memberId(added.member, crypto) === id
  })
}

function newEntry(
  crypto: Primitives,
  code: LinkCode,
  { vault, label }: { vault: LocalVault; label: string },
): LogEntry {
  const epoch = vault.epoch()
  const sealed = sealLabel(crypto, { epochKey: epoch.key, id: memberId(code, crypto), label })
  const member = { ...deviceMember(vault.keys, sealed), ...keysOf(code) }
  return makeMemberAdded(crypto, { view: vault.view(), author: vault.device, epoch }, [member])
}

const keysOf = ({ signKey, boxKey, sosKey }: LinkCode) => ({ signKey, boxKey, sosKey })
