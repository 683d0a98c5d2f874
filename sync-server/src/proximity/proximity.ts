/**
 * People willing to help nearby: their settings, the coarse cell each is in, and the search for those
 * near an alert. Nobody can ask who is near a place (W67, W71); cells appear in no log and no event.
 */
import { cellRequest, limits, responderRequest } from '@selene/shapes'
import { Hono } from 'hono'
import type { Authenticate } from '../core/claims.ts'
import type { Clock } from '../core/clock.ts'
import { readJson } from '../core/request-body.ts'
import type { Db } from '../db/db.ts'
import { createCells } from './cells.ts'
import { createFindNearby, type FindNearby } from './nearby.ts'
import { createResponders } from './responders.ts'

export interface ProximityDeps {
  readonly db: Db
  readonly clock: Clock
  readonly authenticate: Authenticate
}

export interface Proximity {
  readonly routes: Hono
  readonly findNearby: FindNearby
  /** Forgets cells that are older than they count; to be called every few seconds. */
  sweep(): Promise<void>
}

export function createProximity(deps: ProximityDeps): Proximity {
  const { authenticate } = deps
  const responders = createResponders(deps)
  const cells = createCells(deps)
  const routes = new Hono()

  routes.put('/v1/responder', async (c) => {
    const { vault } = await authenticate(c.req.raw)
    const body = await readJson(c.req.raw, responderRequest, limits.requestBytes)
    await responders.put(vault, body.radius_metres)
    return c.body(null, 204)
  })
  routes.delete('/v1/responder', async (c) => {
    const { vault } = await authenticate(c.req.raw)
    await responders.remove(vault)
    return c.body(null, 204)
  })
  routes.put('/v1/location/cell', async (c) => {
    const { vault } = await authenticate(c.req.raw)
    await cells.beat(vault, await readJson(c.req.raw, cellRequest, limits.requestBytes))
    return c.body(null, 204)
  })
  routes.delete('/v1/location/cell', async (c) => {
    const { vault } = await authenticate(c.req.raw)
    await cells.forget(vault)
    return c.body(null, 204)
  })
  return { routes, findNearby: createFindNearby(deps), sweep: () => cells.sweep() }
}
