/** The routes of grants. */
import { grantRequest, isUuid, limits, Problem, type GrantId } from '@selene/shapes'
import { Hono, type Context } from 'hono'
import { checkedBytes } from '../core/checked-bytes.ts'
import type { Authenticate } from '../core/claims.ts'
import type { Clock } from '../core/clock.ts'
import { readJson } from '../core/request-body.ts'
import type { Db } from '../db/db.ts'
import { createGrantTable } from './grants.ts'

interface Deps {
  readonly db: Db
  readonly clock: Clock
  readonly authenticate: Authenticate
}

export interface GrantRoutes {
  readonly routes: Hono
  /** Removes grants that have ended. */
  sweep(): Promise<void>
}

const path = '/v1/grants/:id'

function named(c: Context<object, typeof path>): GrantId {
  const id = c.req.param('id')
  if (!isUuid(id)) throw new Problem('grant/unknown')
  return id as GrantId
}

export function createGrants(deps: Deps): GrantRoutes {
  const { authenticate } = deps
  const grants = createGrantTable(deps)
  const routes = new Hono()
  routes.get('/v1/grants', async (c) => {
    const { vault } = await authenticate(c.req.raw)
    return c.json(await grants.list(vault))
  })
  routes.get(path, async (c) => {
    const { vault } = await authenticate(c.req.raw)
    return c.json(await grants.page(named(c), vault))
  })
  routes.put(path, async (c) => {
    const { vault } = await authenticate(c.req.raw)
    const body = await readJson(c.req.raw, grantRequest, limits.requestBytes)
    await grants.put({
      id: named(c),
      owner: vault,
      contact: body.contact,
      sealed: checkedBytes(body.grant),
      revision: body.revision,
      page: checkedBytes(body.page),
      expiresAt: body.expires_at,
    })
    return c.body(null, 204)
  })
  routes.delete(path, async (c) => {
    const { vault } = await authenticate(c.req.raw)
    await grants.remove(named(c), vault)
    return c.body(null, 204)
  })
  return { routes, sweep: () => grants.sweep() }
}
