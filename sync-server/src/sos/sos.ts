/**
 * Alerts, put together: routes for `http`, the inbox for live connections, and what the server does by
 * itself as time passes.
 */
import type { VaultId, WireCrypto } from '@selene/shapes'
import type { Hono } from 'hono'
import type { Authenticate } from '../core/claims.ts'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { Random } from '../core/random.ts'
import type { ServerKey } from '../core/server-key.ts'
import type { Db } from '../db/db.ts'
import { createAlarm } from './alarm.ts'
import { createDayKeys } from './day-keys.ts'
import { createDue } from './due.ts'
import { createTell, type FindNearby } from './fan-out.ts'
import { createInbox, type Inbox } from './inbox.ts'
import { createRelease, releaseRules, type ReleaseRules } from './release.ts'
import { createRespond } from './responses.ts'
import { forgetOld } from './retention.ts'
import { createRounds } from './rounds.ts'
import { createRoutes } from './routes.ts'
import { createTrustOp } from './signed-op.ts'
import { createSubmit } from './submit.ts'

export interface SosDeps {
  readonly db: Db
  readonly crypto: WireCrypto
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly serverKey: ServerKey
  readonly authenticate: Authenticate
  readonly findNearby: FindNearby
  /** Is called after each commit that put notices into inboxes, with their accounts. */
  readonly told: (accounts: readonly VaultId[]) => void
}

export interface SosOptions {
  /** Rules of release to change. */
  readonly release?: Partial<ReleaseRules>
}

export interface Sos {
  readonly routes: Hono
  readonly inbox: Inbox
  /** Does what is due and forgets what is old; at the start and every few seconds. Never rejects. */
  sweep(): Promise<void>
  /** Stops by itself firing alerts, and resolves when nothing runs any more. */
  close(): Promise<void>
}

export function createSos(deps: SosDeps, options: SosOptions = {}): Sos {
  const { log, authenticate } = deps
  const alarm = createAlarm({ clock: deps.clock, ring: () => void firing.run() })
  const tell = createTell(deps)
  const due = createDue({ ...deps, tell, again: (time) => alarm.at(time) })
  const dayKeys = createDayKeys(deps)

  /** One step failing keeps no other from being taken. */
  async function attempt(step: () => Promise<void>): Promise<void> {
    try {
      await step()
    } catch (error) {
      log.error({ error }, 'a step of the alerts sweep failed')
    }
  }
  const firing = createRounds(() => attempt(() => due.fire()))
  const sweeping = createRounds(async () => {
    await firing.run()
    await attempt(() => due.expire())
    await attempt(() => forgetOld(deps))
    await attempt(() => dayKeys.sweep())
  })

  const routes = createRoutes({
    authenticate,
    submit: createSubmit({
      ...deps,
      tell,
      dayKeys,
      trustOp: createTrustOp(deps),
      armed: (firesAt) => alarm.at(firesAt),
    }),
    respond: createRespond(deps),
    release: createRelease({ ...deps, dayKeys }, { ...releaseRules, ...options.release }),
  })
  return {
    routes,
    inbox: createInbox(deps),
    sweep: () => sweeping.run(),
    async close() {
      await Promise.all([firing.close(), sweeping.close()])
      alarm.close()
    },
  }
}
