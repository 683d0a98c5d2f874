/** Routes of accounts and sessions. */
import {
  bytesToBase64url,
  isUuid,
  limits,
  Problem,
  refreshRequest,
  registerRequest,
  saltRequest,
  sessionRequest,
  type KdfChoice,
} from '@selene/shapes'
import { Hono } from 'hono'
import type { JSONWebKeySet } from 'jose'
import type { Authenticate } from '../core/claims.ts'
import { readJson } from '../core/request-body.ts'
import type { ServerKey } from '../core/server-key.ts'
import type { Db } from '../db/db.ts'
import type { Challenges } from './challenge.ts'
import { fakeKdf, identifierHash } from './identifier.ts'
import type { Register } from './register.ts'
import type { Sessions } from './sessions.ts'
import type { SignIn } from './sign-in.ts'

interface KdfRow {
  kdf_salt: Uint8Array
  kdf_ops: number
  kdf_memory_bytes: bigint
}

export function createAuthRoutes(deps: {
  db: Db
  serverKey: ServerKey
  challenges: Challenges
  sessions: Sessions
  authenticate: Authenticate
  register: Register
  signIn: SignIn
  published: JSONWebKeySet
}): Hono {
  const { db, serverKey, sessions } = deps
  const routes = new Hono()
  const bodyLimit = limits.requestBytes

  async function kdfOf(identifier: string): Promise<KdfChoice> {
    const hash = identifierHash(serverKey, identifier)
    const fake = fakeKdf(serverKey, hash)
    const [row] = await db.query<KdfRow>(
      'SELECT kdf_salt, kdf_ops, kdf_memory_bytes FROM accounts WHERE identifier_hash = $1',
      [hash],
    )
    if (!row) return fake
    return {
      salt: bytesToBase64url(row.kdf_salt),
      ops: row.kdf_ops,
      memory_bytes: Number(row.kdf_memory_bytes),
    }
  }

  routes.post('/v1/accounts', async (c) => {
    const request = await readJson(c.req.raw, registerRequest, bodyLimit)
    return c.json(await deps.register(request), 201)
  })
  routes.post('/v1/auth/salt', async (c) => {
    const { identifier } = await readJson(c.req.raw, saltRequest, bodyLimit)
    return c.json({ kdf: await kdfOf(identifier) })
  })
  routes.post('/v1/auth/challenges', (c) =>
    c.json({ challenge: bytesToBase64url(deps.challenges.issue()) }),
  )
  routes.post('/v1/auth/sessions', async (c) => {
    const request = await readJson(c.req.raw, sessionRequest, bodyLimit)
    return c.json(await deps.signIn(request), 201)
  })
  routes.delete('/v1/auth/sessions/:id', async (c) => {
    const { vault } = await deps.authenticate(c.req.raw)
    const session = c.req.param('id')
    const ended = isUuid(session) && (await sessions.end(vault, session))
    if (!ended) throw new Problem('request/not-found')
    return c.body(null, 204)
  })
  routes.post('/v1/auth/refresh', async (c) => {
    const request = await readJson(c.req.raw, refreshRequest, bodyLimit)
    return c.json(await sessions.refresh(request))
  })
  routes.get('/.well-known/jwks.json', (c) =>
    c.json(deps.published, 200, { 'cache-control': 'public, max-age=300' }),
  )
  return routes
}
