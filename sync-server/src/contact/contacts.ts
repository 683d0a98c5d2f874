/** Trusted contacts: the routes by which two people find each other and part again. */
import {
  acceptRequest,
  bytesToBase64url,
  inviteRequest,
  isUuid,
  limits,
  Problem,
  renewalRequest,
  type ContactId,
} from '@selene/shapes'
import { Hono, type Context } from 'hono'
import { checkedBytes } from '../core/checked-bytes.ts'
import type { Authenticate } from '../core/claims.ts'
import type { Clock } from '../core/clock.ts'
import { readJson } from '../core/request-body.ts'
import type { Db } from '../db/db.ts'
import { createInvitations } from './invitation.ts'

export interface ContactDeps {
  readonly db: Db
  readonly clock: Clock
  readonly authenticate: Authenticate
  /** Wakes readers after a commit that changed tables. */
  readonly changed: () => void
}

export interface Contacts {
  readonly routes: Hono
  /** Removes invitations that have ended. */
  sweep(): Promise<void>
}

const invitePath = '/v1/invites/:id'
const answerPath = '/v1/invites/:id/answer'

export function createContacts(deps: ContactDeps): Contacts {
  const { authenticate, changed } = deps
  const invitations = createInvitations(deps)
  const routes = new Hono()
  routes.post('/v1/invites', async (c) => {
    const { vault } = await authenticate(c.req.raw)
    const { id, offer } = await readJson(c.req.raw, inviteRequest, limits.requestBytes)
    const offered = { contact: id as ContactId, account: vault, box: checkedBytes(offer) }
    return c.json({ expires_at: await invitations.open(offered) }, 201)
  })
  routes.get(invitePath, async (c) => {
    const { vault } = await authenticate(c.req.raw)
    const { from, box, expiresAt } = await invitations.read(invited(c), vault)
    return c.json({ from, offer: bytesToBase64url(box), expires_at: expiresAt })
  })
  routes.post(answerPath, async (c) => {
    const { vault } = await authenticate(c.req.raw)
    const contact = invited(c)
    const { answer } = await readJson(c.req.raw, acceptRequest, limits.requestBytes)
    const answered = { contact, account: vault, box: checkedBytes(answer) }
    if (await invitations.accept(answered)) changed()
    return c.json({})
  })
  routes.delete('/v1/contacts/:id', async (c) => {
    const { vault } = await authenticate(c.req.raw)
    if (await invitations.remove(linked(c.req.param('id')), vault)) changed()
    return c.body(null, 204)
  })
  routes.put('/v1/contacts/:id/renewal', async (c) => {
    const { vault } = await authenticate(c.req.raw)
    const contact = linked(c.req.param('id'))
    const { renewal } = await readJson(c.req.raw, renewalRequest, limits.requestBytes)
    const renewed = { contact, account: vault, box: checkedBytes(renewal) }
    if (await invitations.renew(renewed)) changed()
    return c.body(null, 204)
  })
  return { routes, sweep: () => invitations.sweep() }
}

function linked(id: string): ContactId {
  if (!isUuid(id)) throw new Problem('request/not-found')
  return id as ContactId
}

function invited(c: Context<object, typeof invitePath | typeof answerPath>): ContactId {
  const id = c.req.param('id')
  if (!isUuid(id)) throw new Problem('contact/invite-unknown')
  return id as ContactId
}
