/**
 * Everything that is here of her in a form that people and other programs read: the diary's own JSON, which an import
 * reads back, and beside it what no import needs. No key, no secret and no id of the server is in it.
 *
 * ```
 * {"format":"selene-diary","version":1,"exportedOn":"2026-01-31",
 * "days":[…],
 * "episodes":[…],
 * "more":{"version":1,"ownName":…,"profile":{…},"reminders":{…},"contacts":[…],"addresses":[…],"alerts":{…},"devices":[…]}}
 * ```
 */
import type { Contacts } from '../contacts/contact.ts'
import { until } from '../core/live.ts'
import type { Alert, IncomingAlert, Sos } from '../sos/alert.ts'
import type { LocalVault } from '../vault/vault.ts'
import type { DiarySide } from './diary-side.ts'

const version = 1

export interface ExportEverything {
  /**
   * One JSON file of everything that is here of her: days, times, settings, names of contacts and devices, alerts. It is
   * in clear; {@link Backups.backup} is what goes to a drawer.
   */
  exportAll(): Promise<Blob>
}

interface Deps {
  readonly side: DiarySide
  readonly contacts: Contacts
  readonly sos: Sos
  readonly vault: LocalVault
}

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

async function readMore({ side, contacts, sos, vault }: Deps) {
  const current = await now(sos.current)
  return {
    version,
    ownName: await now(contacts.ownName),
    profile: await now(side.profile.values),
    reminders: await now(side.reminders.settings),
    contacts: (await now(contacts.list)).map(({ name, state }) => ({ name, state })),
    addresses: (await now(contacts.addresses)).map(({ kind, name, address }) => ({
      kind,
      name,
      address,
    })),
    alerts: {
      own: current ? [ownAlert(current)] : [],
      others: (await now(sos.incoming)).map(alertOfOthers),
    },
    devices: vault.members().map(({ kind, label, removed }) => ({ kind, label, removed })),
  }
}

export async function exportAll(deps: Deps): Promise<Blob> {
  const diary = await (await deps.side.diary.export({ format: 'json' })).text()
  const more = JSON.stringify(await readMore(deps))
  // The diary's text ends with its last bracket and a new line.
  return new Blob([`${diary.slice(0, -2)},\n"more":${more}}\n`], { type: 'application/json' })
}
