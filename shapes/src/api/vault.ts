/** Bodies of what changes, recovers and ends a vault outside the order of a device's operations. */
import * as v from 'valibot'
import { limits } from '../limits.ts'
import { deviceProof, identifier, kdfChoice } from './account.ts'
import { base64url, uuidText } from './text.ts'

const entry = base64url(1, limits.logEntryBytes)
const cardText = base64url(1, 1024)

/** `POST /v1/vault/entries`: the same entry again changes nothing. */
export const entryRequest = v.strictObject({
  entry,
  cards: v.pipe(v.array(cardText), v.maxLength(4)),
  /** With an entry that adds a passphrase: how it signs in from then on. */
  login: v.optional(v.strictObject({ secret: base64url(32), kdf: kdfChoice })),
  /** With an entry that adds or announces a phrase: its public sign-in key. */
  phrase_key: v.optional(base64url(32)),
})
export type EntryRequest = v.InferOutput<typeof entryRequest>

/** `POST /v1/vault/erasure` */
export const erasureRequest = v.strictObject({ entry })

/** `POST /v1/recovery`: what a recovery secret proves to the server. */
export const recoveryRequest = v.variant('kind', [
  v.strictObject({
    kind: v.literal('passphrase'),
    identifier,
    login_secret: base64url(32),
  }),
  v.strictObject({
    kind: v.literal('phrase'),
    key: base64url(32),
    challenge: base64url(48),
    signature: base64url(64),
  }),
])
export type RecoveryRequest = v.InferOutput<typeof recoveryRequest>

export const recoveryAnswer = v.object({
  vault: uuidText(),
  member: uuidText(),
  card: cardText,
  /** The whole log, genesis first. */
  entries: v.pipe(v.array(entry), v.minLength(1)),
  /** Lets this member admit one device, for ten minutes. */
  grant: base64url(72),
})
export type RecoveryAnswer = v.InferOutput<typeof recoveryAnswer>

/** `POST /v1/recovery/devices`: the same entry again changes nothing. */
export const admissionRequest = v.strictObject({ grant: base64url(72), entry })

/** `POST /v1/auth/ending`: why a device's session is over, as the log says it. */
export const endingRequest = v.strictObject({ vault: uuidText(), ...deviceProof })
export type EndingRequest = v.InferOutput<typeof endingRequest>
/** The log up to the device's removal; or, of a vault that was erased, its last entry alone. */
export const endingAnswer = v.object({ entries: v.array(entry) })
