/**
 * What happens in one run of the SOS simulation: four alerts of one person, raised with and without
 * network, answered, updated, resolved, cancelled in the countdown, set off by hand, and left to go off
 * and to expire. Whoever acts
 * acts again when the process that was asked has died.
 */
import { until, type AlertId, type Client } from '@selene/client-sdk'
import type { Prng } from '../core/prng.ts'
import { isKilled } from '../kill/incarnation.ts'
import { passes } from './fast-clock.ts'
import type { Person } from './sos-person.ts'
import { alertPlace, liveOn, sayWhere, type SosWorld } from './sos-world.ts'

export interface Told {
  /** Alerts whose raise was confirmed, and how each ended. */
  readonly confirmed: readonly { id: AlertId; end: 'resolved' | 'cancelled' | 'expired' }[]
  /** Raises that nobody confirmed, as the process died; each may have happened. */
  readonly unconfirmed: number
}

const hour = 3_600_000
const radiusMetres = 2_000

/**
 * Presses the button until the alert is confirmed. After a death she looks first: an alert that the app
 * shows when it is open again is as good as confirmed, and she does not press twice.
 */
async function press(
  raiser: Person,
  act: (client: Client) => Promise<{ id: AlertId }>,
): Promise<{ id: AlertId; unconfirmed: number }> {
  for (let unconfirmed = 0; ; unconfirmed++)
    try {
      const shown = await raiser.try((client) => until(client.sos.current, () => true))
      const { id } = shown ?? (await raiser.try(act))
      return { id, unconfirmed }
    } catch (error) {
      if (!isKilled(error)) throw error
    }
}

const options = (clock: SosWorld['clock']) => ({
  audience: 'contacts-and-nearby' as const,
  radiusMetres,
  note: 'note of the simulation',
  position: { ...alertPlace, accuracyMetres: 10, at: clock.now() },
})

/** Waits until the person's app shows the alert in that state, whichever life it is in. */
const shows = (person: Person, id: AlertId, state: string): Promise<unknown> =>
  person.insist((client) =>
    until(client.sos.incoming, (alerts) =>
      alerts.some((alert) => alert.id === id && alert.state === state),
    ),
  )

const isWithServer = (raiser: Person, id: AlertId): Promise<unknown> =>
  raiser.insist((client) =>
    until(client.sos.current, (alert) => alert?.id === id && alert.sentAt !== undefined),
  )

/**
 * Waits until her app has nothing under way and knows that the alert went off. Server and app may both set
 * it off; a raise that arrives a day later begins the alert's day again, and it does not expire (S78).
 */
const hasGoneOff = (raiser: Person, id: AlertId): Promise<unknown> =>
  raiser.insist((client) =>
    until(
      client.sos.current,
      (alert) => alert?.id === id && !alert.unsent && !['armed', 'queued'].includes(alert.phase),
    ),
  )

/** Ends and puts away whatever the raiser's app still shows, as she would. */
const tidyUp = (raiser: Person): Promise<void> =>
  raiser.insist(async (client) => {
    for (;;) {
      const current = await until(client.sos.current, () => true)
      if (!current) return
      if (!['resolved', 'cancelled', 'expired'].includes(current.phase))
        await client.sos.resolve(current.id).catch(() => {})
      await until(client.sos.current, (alert) => alert?.id !== current.id || !alert.unsent)
      await client.sos.dismiss(current.id).catch(() => {})
    }
  })

async function answered(world: SosWorld, id: AlertId): Promise<void> {
  const { friend, passerBy, raiser } = world.people
  await Promise.all([shows(friend, id, 'open'), shows(passerBy, id, 'open')])
  await friend.insist((client) => client.sos.respond(id, 'accept', 'coming'))
  await passerBy.insist((client) => client.sos.respond(id, 'on-my-way'))
  await passerBy.insist((client) => client.sos.locate(id))
  await raiser.insist((client) =>
    until(
      client.sos.current,
      (alert) =>
        alert?.contacts.some(({ response }) => response === 'accept') === true &&
        alert.responders.length === 1,
    ),
  )
}

/** @param begins Is told what begins, for whoever wonders where it does not go on. */
export async function tellSosStory(
  world: SosWorld,
  prng: Prng,
  begins: (step: string) => void,
): Promise<Told> {
  const { raiser, friend, passerBy } = world.people
  const confirmed: { id: AlertId; end: 'resolved' | 'cancelled' | 'expired' }[] = []
  let unconfirmed = 0
  const raised = async (act: (client: Client) => Promise<{ id: AlertId }>): Promise<AlertId> => {
    const pressed = await press(raiser, act)
    unconfirmed += pressed.unconfirmed
    return pressed.id
  }

  begins('a raise')
  await sayWhere(world)
  const isCutOff = prng.chance(0.5)
  if (isCutOff) raiser.cutOff()
  const first = await raised((client) => client.sos.raise(options(world.clock)))
  if (isCutOff) {
    await passes(world.clock, prng.int(0, 1_500))
    raiser.reconnect()
  }
  begins('the answers')
  await answered(world, first)
  begins('an update and the end')
  await raiser.insist((client) => client.sos.update(first, { note: 'another note' }))
  await raiser.insist((client) => client.sos.resolve(first))
  await Promise.all([shows(friend, first, 'resolved'), shows(passerBy, first, 'resolved')])
  confirmed.push({ id: first, end: 'resolved' })
  await tidyUp(raiser)

  begins('a cancel in the countdown')
  const second = await raised((client) => client.sos.arm({ ...options(world.clock), seconds: 60 }))
  await raiser.insist((client) => client.sos.cancel(second))
  confirmed.push({ id: second, end: 'cancelled' })
  await tidyUp(raiser)

  begins('a countdown cut short')
  await sayWhere(world)
  const third = await raised((client) => client.sos.arm({ ...options(world.clock), seconds: 60 }))
  await raiser.insist((client) => client.sos.fire(third))
  await Promise.all([shows(friend, third, 'open'), shows(passerBy, third, 'open')])
  await raiser.insist((client) => client.sos.resolve(third))
  await Promise.all([shows(friend, third, 'resolved'), shows(passerBy, third, 'resolved')])
  confirmed.push({ id: third, end: 'resolved' })
  await tidyUp(raiser)

  begins('a countdown that runs out')
  await sayWhere(world)
  const last = await raised((client) => client.sos.arm({ ...options(world.clock), seconds: 30 }))
  // A phone that is lost in the countdown leaves it to the server alone (W50).
  const isLost = prng.chance(0.5)
  if (isLost) {
    await isWithServer(raiser, last)
    raiser.cutOff()
  }
  await Promise.all([shows(friend, last, 'open'), shows(passerBy, last, 'open')])
  if (isLost) raiser.reconnect()
  await hasGoneOff(raiser, last)
  begins('expiry')
  world.clock.skip(25 * hour)
  await Promise.all([shows(friend, last, 'expired'), shows(passerBy, last, 'expired')])
  confirmed.push({ id: last, end: 'expired' })
  await tidyUp(raiser)
  begins('restarts')
  raiser.damageKit()
  await liveOn(world)
  return { confirmed, unconfirmed }
}
