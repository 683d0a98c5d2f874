/** Routes of alerts: one door for her operations, and two for those whom an alert has reached. */
import { isUuid, limits, Problem, responseRequest, sosRequest, type AlertId } from '@selene/shapes'
import { Hono } from 'hono'
import { checkedBytes } from '../core/checked-bytes.ts'
import type { Authenticate } from '../core/claims.ts'
import { readJson } from '../core/request-body.ts'
import type { Release } from './release.ts'
import type { Respond } from './responses.ts'
import type { Submit } from './submit.ts'

export interface RouteDeps {
  readonly authenticate: Authenticate
  readonly submit: Submit
  readonly respond: Respond
  readonly release: Release
}

export function createRoutes({ authenticate, submit, respond, release }: RouteDeps): Hono {
  const routes = new Hono()
  routes.post('/v1/sos', async (c) => {
    const { op } = await readJson(c.req.raw, sosRequest, limits.requestBytes)
    return c.json(await submit(checkedBytes(op)))
  })
  routes.post('/v1/alerts/:id/responses', async (c) => {
    const { vault } = await authenticate(c.req.raw)
    const { state, message } = await readJson(c.req.raw, responseRequest, limits.requestBytes)
    const alert = alertId(c.req.param('id'))
    await respond({ alert, account: vault, state, message: checkedBytes(message) })
    return c.body(null, 204)
  })
  routes.get('/v1/alerts/:id/responder-box', async (c) => {
    const { vault } = await authenticate(c.req.raw)
    return c.json(await release(alertId(c.req.param('id')), vault))
  })
  return routes
}

function alertId(text: string): AlertId {
  if (!isUuid(text)) throw new Problem('sos/no-alert')
  return text as AlertId
}
