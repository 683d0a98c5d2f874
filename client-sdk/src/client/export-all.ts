/**
 * Everything that is here of her in a form that people and other programs read: the diary's own JSON, which an import
 * reads back, and beside it what no import needs. No key, no secret and no id of the server is in it.
 *
 * ```
 * {"format":"selene-diary","version":1,"exportedOn":"2026-01-31",
 * "days":[…],
 * "episodes":[…],
 * "more":{"version":1,"ownName":…,"profile":{…},"settings":{…},"reminders":{…},"contacts":[…],"addresses":[…],
 *   "grants":{"given":[{"to","scope","from","until","refused"}],"received":[{"from","scope","until"}]},
 *   "alerts":{…},"devices":[…],
 *   "setAside":{"refused":[{"kind","code","at","document","days"}],"quarantined":[{"kind","code","device"}]}}}
 * ```
 *
 * `refused` in `setAside` is what the server would not take, with the days that it wrote to as they stand; `quarantined`
 * is what came from another device and could not be taken in here. What others let her read is named and not copied:
 * those are days of their own, and end with the grant.
 */
import { until } from '../core/live.ts'
import type { SetAside } from '../docs/refused.ts'
import type { Alert, IncomingAlert } from '../sos/alert.ts'
import type { LocalVault } from '../vault/vault.ts'
import type { Client } from './client.ts'

const version = 1

export interface ExportEverything {
  /**
   * One JSON file of everything that is here of her: days, times, settings, names of contacts and devices, grants,
   * alerts, and what was set aside. It is in clear; {@link Backups.backup} is what goes to a drawer.
   */
  exportAll(): Promise<Blob>
}

type Sources = Pick<
  Client,
  'diary' | 'profile' | 'settings' | 'reminders' | 'contacts' | 'grants' | 'sos' | 'sync'
>

const now = <T>(live: Parameters<typeof until<T>>[0]): Promise<T> => until(live, () => true)
const dated = (at: number): string => new Date(at).toISOString()

const ownAlert = ({ kind, audience, phase, raisedAt, sentAt, contacts, responders }: Alert) => ({
  kind,
  audience,
  phase,
  raisedAt: dated(raisedAt),
  ...(sentAt !== undefined && { sentAt: dated(sentAt) }),
  contacts: contacts.map(({ name, delivered, response, note }) => ({
    name,
    delivered,
    response,
    note,
  })),
  responders: responders.map(({ name, state, note }) => ({ name, state, note })),
})

const alertOfOthers = (alert: IncomingAlert) => ({
  kind: alert.kind,
  role: alert.role,
  from: alert.from?.name,
  verified: alert.verified,
  state: alert.state,
  raisedAt: dated(alert.raisedAt),
  receivedAt: dated(alert.receivedAt),
  note: alert.note,
  position: alert.position,
  response: alert.response,
})

async function readGrants({ grants }: Sources) {
  return {
    given: (await now(grants.given)).map(({ name, scope, from, expiresAt, refused }) => ({
      to: name,
      scope,
      from,
      until: dated(expiresAt),
      refused,
    })),
    received: (await now(grants.received)).map(({ name, scope, expiresAt }) => ({
      from: name,
      scope,
      until: dated(expiresAt),
    })),
  }
}

async function readSetAside({ sync }: Sources, vault: LocalVault) {
  const withContent = async ({ opId, kind, code, at }: SetAside) => ({
    kind,
    code,
    at: dated(at),
    ...(await sync.readSetAside(opId)),
  })
  const labels = new Map<string, string | undefined>(
    vault.members().map(({ id, label }) => [id, label]),
  )
  return {
    refused: await Promise.all((await now(sync.setAside)).map(withContent)),
    quarantined: (await now(sync.quarantined)).map(({ kind, code, deviceId }) => ({
      kind,
      code,
      device: labels.get(deviceId),
    })),
  }
}

async function readMore(sources: Sources, vault: LocalVault) {
  const { profile, settings, reminders, contacts, sos } = sources
  const current = await now(sos.current)
  return {
    version,
    ownName: await now(contacts.ownName),
    profile: await now(profile.values),
    settings: await now(settings.values),
    reminders: await now(reminders.settings),
    contacts: (await now(contacts.list)).map(({ name, state }) => ({ name, state })),
    addresses: (await now(contacts.addresses)).map(({ kind, name, address }) => ({
      kind,
      name,
      address,
    })),
    grants: await readGrants(sources),
    alerts: {
      own: current ? [ownAlert(current)] : [],
      others: (await now(sos.incoming)).map(alertOfOthers),
    },
    devices: vault.members().map(({ kind, label, removed }) => ({ kind, label, removed })),
    setAside: await readSetAside(sources, vault),
  }
}

export async function exportAll(sources: Sources, vault: LocalVault): Promise<Blob> {
  const diary = await (await sources.diary.export({ format: 'json' })).text()
  const more = JSON.stringify(await readMore(sources, vault))
  // The diary's text ends with its last bracket and a new line.
  return new Blob([`${diary.slice(0, -2)},\n"more":${more}}\n`], { type: 'application/json' })
}
