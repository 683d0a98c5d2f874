/**
 * Devices as the server meets them: keys, signed log entries and envelopes. What is sealed is random
 * bytes here, since the server cannot tell.
 */
import {
  addedMembers,
  appendEntry,
  card,
  concat,
  currentEpoch,
  encode,
  encodeEntry,
  entryHash,
  entrySigningBytes,
  envelopeHash,
  envelopeHeader,
  envelopeSigningBytes,
  headOf,
  joinEntry,
  joinEnvelope,
  memberId,
  startVault,
  unnamedVault,
  vaultAppend,
  type DocId,
  type EntryPayload,
  type EnvelopeHeader,
  type EpochPart,
  type LogEntry,
  type Member,
  type MemberId,
  type VaultView,
} from '@selene/shapes'
import sodium from 'libsodium-wrappers-sumo'
import { systemRandom } from '../src/core/random.ts'
import { loadWireCrypto } from '../src/core/sodium.ts'

await sodium.ready
export const wireCrypto = await loadWireCrypto()

export const randomBytes = (length: number): Uint8Array => systemRandom.bytes(length)
export const newId = <Id extends string>(): Id => crypto.randomUUID() as string as Id
export const newDoc = (): DocId => newId<DocId>()

/** A member with its secret keys. */
export interface TestMember {
  readonly id: MemberId
  readonly member: Member
  sign(message: Uint8Array): Uint8Array
  signSos(message: Uint8Array): Uint8Array
}

export function newMember(kind: Member['kind'] = 'device'): TestMember {
  const sign = sodium.crypto_sign_keypair()
  const sos = sodium.crypto_sign_keypair()
  const member: Member = {
    kind,
    signKey: sign.publicKey,
    boxKey: sodium.crypto_box_keypair().publicKey,
    sosKey: kind === 'device' ? sos.publicKey : undefined,
    label: randomBytes(40),
  }
  return {
    id: memberId(member, wireCrypto),
    member,
    sign: (message) => sodium.crypto_sign_detached(message, sign.privateKey),
    signSos: (message) => sodium.crypto_sign_detached(message, sos.privateKey),
  }
}

/** An epoch for these members; override a part to lie. */
const newEpoch = (
  number: number,
  members: readonly MemberId[],
  cut: EpochPart['cut'] = [],
): EpochPart => ({
  number,
  commit: randomBytes(32),
  previous: number === 1 ? new Uint8Array(0) : randomBytes(104),
  seals: members.map((member) => ({ member, sealed: randomBytes(121) })),
  cut,
})

/** Signs an entry by its author and by every member that it adds. */
function signEntry(
  entry: LogEntry,
  author: TestMember,
  added: readonly TestMember[] = [],
): Uint8Array {
  const unsigned = encodeEntry(entry)
  const message = entrySigningBytes(entryHash(unsigned, wireCrypto))
  const own = addedMembers(entry.payload).flatMap((member) => {
    const keys = added.find((candidate) => candidate.member === member) ?? author
    const first = entry.payload.type === 'genesis' ? [] : [keys.sign(message)]
    return member.sosKey ? [...first, keys.signSos(message)] : first
  })
  return joinEntry(unsigned, [author.sign(message), ...own])
}

/** The next entry of a log. */
export function nextEntry(
  view: VaultView,
  payload: EntryPayload,
  author: TestMember,
  added: readonly TestMember[] = [],
): Uint8Array {
  const head = headOf(view)
  const fields = { vault: view.vault, seq: head.seq + 1, prev: head.hash, author: author.id }
  return signEntry({ ...fields, payload }, author, added)
}

export const addition = (...added: readonly TestMember[]): EntryPayload => ({
  type: 'member-added',
  members: added.map(({ member }) => ({ member, sealed: randomBytes(121) })),
})

/** Removes members, with the next epoch for those that stay. */
export function removal(
  view: VaultView,
  gone: readonly MemberId[],
  cut: EpochPart['cut'],
): EntryPayload {
  const staying = [...view.members.keys()].filter((id) => !gone.includes(id))
  const epoch = newEpoch(currentEpoch(view).number + 1, staying, cut)
  return { type: 'member-removed', removed: gone, added: [], epoch }
}

/** A vault with its founder and a passphrase member, as it is before it has an account. */
export interface TestVault {
  readonly entries: readonly Uint8Array[]
  readonly cards: readonly Uint8Array[]
  readonly founder: TestMember
  readonly passphrase: TestMember
  readonly view: VaultView
}

export function newVault(): TestVault {
  const founder = newMember()
  const passphrase = newMember('passphrase')
  const genesis: LogEntry = {
    vault: unnamedVault,
    seq: 0,
    prev: new Uint8Array(32),
    author: founder.id,
    payload: {
      type: 'genesis',
      suite: 1,
      random: randomBytes(32),
      member: founder.member,
      epoch: newEpoch(1, [founder.id]),
    },
  }
  const first = signEntry(genesis, founder)
  const started = startVault(first, wireCrypto)
  if (!started.ok) throw new Error(started.code)
  const second = nextEntry(started.view, addition(passphrase), founder, [passphrase])
  const view = extend(started.view, second)
  return {
    entries: [first, second],
    cards: [newCard(view, passphrase.id)],
    founder,
    passphrase,
    view,
  }
}

/** The view after an entry that every device would accept. */
export function extend(view: VaultView, entry: Uint8Array): VaultView {
  const folded = appendEntry(view, entry, wireCrypto)
  if (!folded.ok) throw new Error(folded.code)
  return folded.view
}

export const newCard = (view: VaultView, member: MemberId): Uint8Array =>
  encode(card, {
    header: {
      version: 1,
      vault: view.vault,
      genesisHash: view.hashes[0]!,
      member,
      kdf: { kind: 'argon2id', ops: 3, memoryBytes: 67_108_864, salt: randomBytes(16) },
      logSeq: headOf(view).seq,
      logHash: headOf(view).hash,
    },
    sealed: randomBytes(136),
  })

export const appendBody = (entry: Uint8Array, cards: readonly Uint8Array[] = []): Uint8Array =>
  encode(vaultAppend, { entry, cards })

export interface SealedUpdate {
  readonly bytes: Uint8Array
  readonly hash: Uint8Array
}

/** An envelope of random content under the vault's newest epoch and head; `changes` make it lie. */
export function sealUpdate(
  view: VaultView,
  device: TestMember,
  place: Pick<EnvelopeHeader, 'doc' | 'deviceSeq'> & Partial<EnvelopeHeader>,
  bodyBytes = 72 + 256,
): SealedUpdate {
  const head = headOf(view)
  const header: EnvelopeHeader = {
    version: 1,
    kind: 'update',
    epoch: currentEpoch(view).number,
    vault: view.vault,
    device: device.id,
    docSeq: 1,
    docPrev: new Uint8Array(32),
    logSeq: head.seq,
    logHash: head.hash.slice(0, 16),
    ext: new Uint8Array(0),
    ...place,
  }
  const headerBytes = encode(envelopeHeader, header)
  const body = randomBytes(bodyBytes)
  const hash = envelopeHash({ headerBytes, body }, wireCrypto)
  const signature = device.sign(envelopeSigningBytes(hash))
  return { bytes: joinEnvelope({ headerBytes, body, signature }), hash }
}

/** The same bytes with one bit of the byte at `index` flipped. */
export function flip(bytes: Uint8Array, index: number): Uint8Array {
  const changed = concat(bytes)
  changed[index < 0 ? bytes.length + index : index]! ^= 1
  return changed
}
