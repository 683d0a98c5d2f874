/** Grants: what somebody lets a contact read (W45). */
import * as v from 'valibot'
import { sealedGrantBytes } from '../grant.ts'
import { limits } from '../limits.ts'
import { base64url, sequence, uuidText } from './text.ts'

const revision = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(2 ** 31 - 1))
const sealed = base64url(sealedGrantBytes)
const page = base64url(1, limits.pageBytes)

/** `PUT /v1/grants/:id`, by the owner: `revision` is one more than that of the page that is there. */
export const grantRequest = v.strictObject({
  contact: uuidText(),
  expires_at: sequence(),
  grant: sealed,
  revision,
  page,
})
const standing = { id: uuidText(), revision, expires_at: sequence() }
/** `GET /v1/grants`: those that the account has given, and those that it may read. */
export const grantsAnswer = v.object({
  given: v.array(v.object(standing)),
  received: v.array(v.object({ ...standing, contact: uuidText(), grant: sealed })),
})
/** `GET /v1/grants/:id`, for owner and reader. */
export const pageAnswer = v.object({ revision, page })
