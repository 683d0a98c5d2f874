/** Alerts as an app sees them: her own from the kit, other people's from the store. */
import type { Sos } from '../sos/alert.ts'
import type { Incoming } from '../sos/incoming.ts'
import type { Kit } from '../sos/kit.ts'

export const createSosApi = (kit: Kit, incoming: Incoming): Sos => ({
  readiness: kit.readiness,
  current: kit.current,
  reachable: kit.reachable,
  raise: kit.raise,
  arm: kit.arm,
  fire: kit.fire,
  update: kit.update,
  cancel: kit.cancel,
  resolve: kit.resolve,
  dismiss: kit.dismiss,
  incoming: incoming.list,
  respond: incoming.respond,
  locate: incoming.locate,
})
