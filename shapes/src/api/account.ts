/** Bodies of accounts and sessions. Every object refuses fields it does not know. */
import * as v from 'valibot'
import { limits } from '../limits.ts'
import { base64url, uuidText } from './text.ts'

export const kdfChoice = v.strictObject({
  salt: base64url(16),
  ops: v.pipe(v.number(), v.integer(), v.minValue(limits.kdfMinOps), v.maxValue(limits.kdfMaxOps)),
  memory_bytes: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(limits.kdfMinMemoryBytes),
    v.maxValue(limits.kdfMaxMemoryBytes),
  ),
})
export type KdfChoice = v.InferOutput<typeof kdfChoice>

export const identifier = v.pipe(v.string(), v.trim(), v.minLength(3), v.maxLength(254))

/** `POST /v1/accounts` */
export const registerRequest = v.strictObject({
  identifier,
  login_secret: base64url(32),
  kdf: kdfChoice,
  /** Genesis first, then what adds passphrase and phrase members. */
  entries: v.pipe(v.array(base64url(1, limits.logEntryBytes)), v.minLength(1), v.maxLength(4)),
  cards: v.pipe(v.array(base64url(1, 1024)), v.maxLength(4)),
  /** Public sign-in key of the phrase that the entries add. */
  phrase_key: v.optional(base64url(32)),
})
export type RegisterRequest = v.InferOutput<typeof registerRequest>

/** `POST /v1/auth/salt` */
export const saltRequest = v.strictObject({ identifier })

/** Possession of a device's signing key over a fresh challenge of the server. */
export const deviceProof = {
  device: uuidText(),
  challenge: base64url(48),
  signature: base64url(64),
}

/** `POST /v1/auth/sessions`: by passphrase, or by a device that the vault log names. */
export const sessionRequest = v.variant('kind', [
  v.strictObject({
    kind: v.literal('passphrase'),
    identifier,
    login_secret: base64url(32),
    ...deviceProof,
  }),
  v.strictObject({ kind: v.literal('device'), vault: uuidText(), ...deviceProof }),
])
export type SessionRequest = v.InferOutput<typeof sessionRequest>

/** `POST /v1/auth/refresh`: the same `request_id` gets the same answer (W69). */
export const refreshRequest = v.strictObject({
  refresh_token: base64url(52),
  request_id: uuidText(),
  nonce: base64url(16),
  signature: base64url(64),
})
export type RefreshRequest = v.InferOutput<typeof refreshRequest>

/** Answer to register, sign-in and refresh. */
export const sessionAnswer = v.object({
  vault: uuidText(),
  device: uuidText(),
  session: uuidText(),
  access_token: v.string(),
  access_seconds: v.number(),
  refresh_token: base64url(52),
  refresh_seconds: v.number(),
})
export type SessionAnswer = v.InferOutput<typeof sessionAnswer>

export const challengeAnswer = v.object({ challenge: base64url(48) })
export const saltAnswer = v.object({ kdf: v.strictObject(kdfChoice.entries) })
