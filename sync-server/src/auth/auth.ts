/** Accounts, sign-in and tokens, put together: routes for `http`, and the one way to read a bearer token. */
import type { WireCrypto } from '@selene/shapes'
import type { Hono } from 'hono'
import type { Authenticate } from '../core/claims.ts'
import type { Clock } from '../core/clock.ts'
import type { Random } from '../core/random.ts'
import type { ServerKey } from '../core/server-key.ts'
import type { Db } from '../db/db.ts'
import { createAccessTokens } from './access-token.ts'
import { createAuthenticate } from './authenticate.ts'
import { createChallenges } from './challenge.ts'
import { createEndingRoutes } from './ending.ts'
import { createGrants } from './grant.ts'
import { createLoginVerifiers, type LoginCost } from './login-verifier.ts'
import { createRecoveryRoutes, type WayBackPort } from './recovery.ts'
import { createRefreshTokens } from './refresh-token.ts'
import { createRegister, type VaultFounder } from './register.ts'
import { createAuthRoutes } from './routes.ts'
import { createSessions } from './sessions.ts'
import { createSignIn } from './sign-in.ts'
import { loadSigningKeys, type SigningKey } from './signing-keys.ts'

export interface Auth {
  readonly routes: Hono
  /** What is kept of a login secret. @throws Problem server/overloaded when too many wait. */
  readonly makeVerifier: (secret: Uint8Array) => Promise<Uint8Array>
  readonly authenticate: Authenticate
}

export interface AuthDeps {
  readonly db: Db
  readonly crypto: WireCrypto
  readonly clock: Clock
  readonly random: Random
  readonly serverKey: ServerKey
  readonly vaultLog: VaultFounder
  readonly wayBack: WayBackPort
}

export interface AuthOptions {
  readonly signingKeys?: readonly SigningKey[]
  readonly loginCost?: LoginCost
}

/** @throws Error when the database was filled under another server key. */
export async function createAuth(deps: AuthDeps, options: AuthOptions = {}): Promise<Auth> {
  const { db, serverKey } = deps
  const keys = await loadSigningKeys({ db, serverKey }, options.signingKeys)
  const accessTokens = await createAccessTokens(deps, keys)
  const sessions = createSessions({
    ...deps,
    accessTokens,
    refreshTokens: createRefreshTokens(serverKey),
  })
  const verifiers = createLoginVerifiers(deps, options.loginCost)
  const challenges = createChallenges(deps)
  const authenticate = createAuthenticate({ db, accessTokens })
  const routes = createAuthRoutes({
    db,
    serverKey,
    challenges,
    sessions,
    authenticate,
    register: createRegister({ ...deps, verifiers, sessions }),
    signIn: createSignIn({ ...deps, challenges, verifiers, sessions }),
    published: accessTokens.published,
  })
  const proofs = { ...deps, challenges, verifiers, grants: createGrants(deps) }
  routes.route('/', createRecoveryRoutes(proofs))
  routes.route('/', createEndingRoutes(proofs))
  return { routes, authenticate, makeVerifier: verifiers.make }
}
