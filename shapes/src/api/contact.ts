/** Invitations between people, and the links that come of them (W44). */
import * as v from 'valibot'
import { limits } from '../limits.ts'
import { base64url, sequence, uuidText } from './text.ts'

const box = base64url(1, limits.inviteBoxBytes)

/** `POST /v1/invites`: the same again changes nothing. */
export const inviteRequest = v.strictObject({ id: uuidText(), offer: box })
/** Milliseconds since 1970 when it ends. */
export const inviteAnswer = v.object({ expires_at: sequence() })
/** `GET /v1/invites/:id`, for whoever knows the id and has an account. */
export const offerAnswer = v.object({ from: uuidText(), offer: box, expires_at: sequence() })
/** `POST /v1/invites/:id/answer`: works once; of the same account the first answer stands. */
export const acceptRequest = v.strictObject({ answer: box })
/** `PUT /v1/contacts/:id/renewal`: a sealed renewal for the other side, in place of an earlier one. */
export const renewalRequest = v.strictObject({ renewal: base64url(1, limits.renewalBytes) })
