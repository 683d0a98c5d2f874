/**
 * The sync server as a function from Request to Response: the only place where the features meet.
 * Programs, tests and simulations use the same one; it listens on nothing by itself.
 */
import { shapeRequest, shapes, type ShapeName, type VaultId } from '@selene/shapes'
import { fileURLToPath } from 'node:url'
import { createAuth } from './auth/auth.ts'
import type { LoginCost } from './auth/login-verifier.ts'
import type { SigningKey } from './auth/signing-keys.ts'
import type { Clock } from './core/clock.ts'
import type { Log } from './core/log.ts'
import type { Random } from './core/random.ts'
import { createServerKey } from './core/server-key.ts'
import { loadWireCrypto } from './core/sodium.ts'
import { startSweeping } from './core/sweeping.ts'
import type { Timer } from './core/timer.ts'
import { createContacts } from './contact/contacts.ts'
import type { Db } from './db/db.ts'
import { readMigrations } from './db/migrate.ts'
import { createGrants } from './grant/routes.ts'
import { createApp } from './http/app.ts'
import { createDrain, type Fetch } from './http/drain.ts'
import { createHealthRoutes } from './http/health.ts'
import { createLinks } from './link/routes.ts'
import { createLive } from './live/live.ts'
import { standingSessions } from './live/standing.ts'
import { createProximity } from './proximity/proximity.ts'
import type { ReleaseRules } from './sos/release.ts'
import { createSos } from './sos/sos.ts'
import { createOutbox } from './outbox/routes.ts'
import { createElectricUpstream } from './shape/electric.ts'
import { createShapeEngine } from './shape/engine/engine.ts'
import type { Forget } from './shape/engine/forgetting.ts'
import { createShapeRoutes } from './shape/routes.ts'
import { createAppendOnce } from './vault/append-once.ts'
import { createErase } from './vault/erasure.ts'
import { createVaultRoutes } from './vault/routes.ts'
import { createVaultLog } from './vault/vault-log.ts'
import { createVaultViews } from './vault/views.ts'
import { createWayBack } from './vault/way-back.ts'

const shapeNames = Object.keys(shapes) as ShapeName[]

/** Where the project keeps its migrations. */
export const migrationsDirectory = new URL('../../migrations/', import.meta.url)
const publicDirectory = fileURLToPath(new URL('../../apps/demo-web/dist', import.meta.url))

export interface ServerDeps {
  /** Migrated; stays open when the server stops. */
  readonly db: Db
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** Rouses the sweeps. */
  readonly timer: Timer
}

export interface ServerConfig {
  /** 32 bytes that belong to this database and are kept outside it. */
  readonly serverKey: Uint8Array
  /** Keys of access tokens; absent: made once and kept in the database. */
  readonly signingKeys?: readonly SigningKey[] | undefined
  /** Where people reach the server. */
  readonly publicUrl: URL
  /** Other origins whose pages may call. */
  readonly allowedOrigins: readonly string[]
  /** Cost of checking a login secret; absent: the default, which is meant for people. */
  readonly loginCost?: LoginCost
  /** Who may be given the position of somebody nearby (W56); absent: the defaults, which are strict. */
  readonly release?: Partial<ReleaseRules>
  /** The Electric on the same database that answers shape requests; absent: the built-in engine does. */
  readonly electric?: { readonly url: URL; readonly secret: string } | undefined
  /** How long a reader may wait for news, 20,000 unless told. */
  readonly waitMilliseconds?: number
}

export interface Server {
  readonly db: Db
  /** Answers a request; a fault is an answer too. */
  readonly fetch: (request: Request, env?: object) => Promise<Response>
  /** Refuses new requests, ends long polls and sockets at once and resolves when nothing runs any more. */
  stop(): Promise<void>
}

/** @throws Error when the database was filled under another server key. */
export async function createServer(deps: ServerDeps, config: ServerConfig): Promise<Server> {
  const { db, clock, random, log, timer } = deps
  const crypto = await loadWireCrypto()
  const serverKey = createServerKey(config.serverKey, random)
  const waitMilliseconds = config.waitMilliseconds ?? 20_000
  let answer: Fetch
  const drain = createDrain((request, env) => answer(request, env))

  const vaultLog = createVaultLog({ crypto, serverKey, clock })
  const views = createVaultViews({ crypto })
  const changed = (): void => upstream.changed()
  /** Whoever may read the vault no longer is cut off at once. */
  function changedVault(vault?: VaultId): void {
    changed()
    if (vault) void shape.check(vault).catch(report)
  }
  const appendOnce = createAppendOnce({ db, crypto, views, vaultLog, changed: changedVault })
  const wayBack = createWayBack({ db, serverKey, appendOnce })
  const auth = await createAuth(
    { db, crypto, clock, random, serverKey, vaultLog, wayBack },
    {
      ...(config.signingKeys && { signingKeys: config.signingKeys }),
      ...(config.loginCost && { loginCost: config.loginCost }),
    },
  )
  const { authenticate } = auth
  const report = (error: unknown): void => log.error({ error }, 'shapes met a fault')
  const engine = config.electric
    ? undefined
    : createShapeEngine({ db, clock, report }, { longPollMs: waitMilliseconds })
  const upstream =
    engine ??
    createElectricUpstream({ fetch: (request) => fetch(request), clock, report }, config.electric!)
  /** Electric keeps what it has of an erased account as long as its own settings say (docs/electric.md). */
  async function forgetReaders(vault: VaultId): Promise<Forget> {
    const asked = shapeNames.map((name) => shapeRequest(name, vault))
    return engine ? engine.prepareForgetting(asked, vault) : async () => {}
  }
  const shape = createShapeRoutes({
    upstream,
    authenticate,
    clock,
    standing: (sessions) => standingSessions(db, sessions),
  })
  const erase = createErase({
    db,
    crypto,
    views,
    forgetReaders,
    changed: changedVault,
  })
  const outbox = createOutbox({
    db,
    crypto,
    clock,
    log,
    authenticate,
    vaultLog: { load: views.load, append: vaultLog.append },
    changed: changedVault,
  })
  const contacts = createContacts({ db, clock, authenticate, changed })
  const grants = createGrants({ db, clock, authenticate })
  const proximity = createProximity({ db, clock, authenticate })
  const sos = createSos(
    {
      db,
      crypto,
      clock,
      random,
      log,
      serverKey,
      authenticate,
      findNearby: proximity.findNearby,
      told: (accounts) => live.told(accounts),
    },
    { ...(config.release && { release: config.release }) },
  )
  const live = await createLive({ db, clock, random, log, authenticate, inbox: sos.inbox })
  const links = await createLinks({ db, clock, stopping: drain.stopping }, { waitMilliseconds })
  const migrations = await readMigrations(migrationsDirectory)
  const app = createApp(
    {
      log,
      clock,
      random,
      routes: [
        createHealthRoutes({ db, schemaVersion: migrations.length }),
        auth.routes,
        outbox.routes,
        createVaultRoutes({ authenticate, appendOnce, erase, makeVerifier: auth.makeVerifier }),
        shape.routes,
        links.routes,
        contacts.routes,
        grants.routes,
        proximity.routes,
        sos.routes,
        live.routes,
      ],
    },
    {
      allowedOrigins: config.allowedOrigins,
      tls: config.publicUrl.protocol === 'https:',
      publicDirectory,
    },
  )
  answer = (request, env) => app.fetch(request, env)
  const sweeping = startSweeping(
    { timer, log },
    {
      sos: () => sos.sweep(),
      live: () => live.sweep(),
      shape: () => shape.check(),
      outbox: () => outbox.sweep(),
      contacts: () => contacts.sweep(),
      grants: () => grants.sweep(),
      proximity: () => proximity.sweep(),
    },
  )
  return {
    db,
    fetch: drain.fetch,
    async stop() {
      const drained = drain.stop()
      await Promise.all([sweeping.stop(), live.close(), upstream.close()])
      await sos.close()
      await drained
      await links.close()
    },
  }
}
