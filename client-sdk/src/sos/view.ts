/** An alert of the journal as the app sees it: how far it is, who has it, who comes. */
import type { ContactId, ProblemCode, ResponseId, SosAnswer } from '@selene/shapes'
import { openContactResponse, openResponse } from '../crypto/sos-slot.ts'
import type { KeyPair, Primitives } from '../crypto/primitives.ts'
import type { Alert, AlertPhase, ContactStanding, Responder } from './alert.ts'
import type { JournalAlert, KitState, StoredContact } from './journal.ts'
import { peopleOf } from './profile.ts'
import { endingOf, isCounting, nextOp } from './progress.ts'
import { bytesOf, replyKeys } from './sealing.ts'

interface Seen {
  readonly crypto: Primitives
  readonly state: KitState
  readonly alert: JournalAlert
  /** Why the alert's next operation has not been taken, while it is tried again. */
  readonly trouble: ProblemCode | undefined
}

type Of<K extends 'contacts' | 'responders'> = SosAnswer[K][number]

const onTheWay = new Set(['on-my-way', 'arrived'])

const named = ({ contact, name }: StoredContact): ContactStanding => ({
  contact,
  name,
  delivered: false,
})

/** What a contact has answered counts when it is theirs; otherwise they have the alert and no more. */
function contactStanding(
  { crypto, state, alert }: Seen,
  standing: Of<'contacts'>,
): ContactStanding {
  const contact = standing.contact as ContactId
  // Twice where keys have changed: the answer is by those that its sender opened the alert with.
  const trusted = state.profile?.contacts.filter((each) => each.contact === contact) ?? []
  const known = { contact, name: trusted[0]?.name ?? '', delivered: standing.delivered }
  if (standing.message === undefined) return known
  const message = bytesOf(standing.message)
  const [answer] = trusted.flatMap(({ authKey }) => {
    const from = { alert: alert.id, authKey: bytesOf(authKey) }
    return openContactResponse(crypto, from, message) ?? []
  })
  if (!answer) return known
  const { state: response, note } = answer
  return { ...known, delivered: true, response, ...(note !== '' && { note }) }
}

/** Nobody vouches for a passer-by: what they say of themselves is shown as that. */
function responder(crypto: Primitives, keys: KeyPair, standing: Of<'responders'>): Responder[] {
  const { response, state, message } = standing
  if (!state) return []
  const said = message === undefined ? undefined : openResponse(crypto, keys, bytesOf(message))
  const name = said?.name ? { name: said.name } : undefined
  const note = said?.note ? { note: said.note } : undefined
  return [{ id: response as ResponseId, state, ...name, ...note }]
}

function people(seen: Seen): Pick<Alert, 'contacts' | 'responders'> {
  const { crypto, state, alert } = seen
  const { standing } = alert
  if (!standing) return { contacts: peopleOf(state).map(named), responders: [] }
  const keys = replyKeys(crypto, alert)
  return {
    contacts: standing.contacts.map((each) => contactStanding(seen, each)),
    responders: standing.responders.flatMap((each) => responder(crypto, keys, each)),
  }
}

function phaseOf(
  alert: JournalAlert,
  { contacts, responders }: Pick<Alert, 'contacts' | 'responders'>,
): AlertPhase {
  const ending = endingOf(alert)
  if (ending) return ending
  if (isCounting(alert)) return 'armed'
  if (alert.standing?.state !== 'sent') return 'queued'
  const responses = [
    ...contacts.map(({ response }) => response),
    ...responders.map(({ state }) => state),
  ]
  if (responses.some((response) => response && onTheWay.has(response))) return 'en-route'
  if (responses.includes('accept')) return 'acknowledged'
  return contacts.some(({ delivered }) => delivered) ? 'delivered' : 'sent'
}

/** Refusals that say that the alert has ended anyway. */
const isMoot = (outcome: string | undefined): boolean =>
  outcome === undefined || ['accepted', 'withdrawn', 'sos/closed'].includes(outcome)

function problemOf({ state, alert, trouble }: Seen): ProblemCode | undefined {
  if (nextOp(alert)) return state.profile?.registered ? trouble : 'account/none'
  const refused = alert.ops.findLast(({ outcome }) => !isMoot(outcome))?.outcome
  return refused === 'accepted' || refused === 'withdrawn' ? undefined : refused
}

export function alertOf(seen: Seen): Alert {
  const { alert } = seen
  const { id, kind, audience, raisedAt, countdown, standing } = alert
  const who = people(seen)
  const phase = phaseOf(alert, who)
  const problem = problemOf(seen)
  return {
    id,
    kind,
    audience,
    phase,
    raisedAt,
    ...(countdown && phase === 'armed' && { firesAt: countdown.firesAt }),
    ...(standing && { sentAt: standing.received_at }),
    unsent: alert.ops.some(({ outcome }) => outcome === undefined || !isMoot(outcome)),
    ...(problem && { problem }),
    ...who,
  }
}

/** Which alert is hers to look at: an open one before an ended one, a real one before a test, the newest. */
export function currentOf({ alerts }: KitState): JournalAlert | undefined {
  const shown = alerts.filter(({ dismissed }) => !dismissed).toReversed()
  const open = shown.filter((alert) => !endingOf(alert))
  return open.find(({ kind }) => kind !== 'test') ?? open[0] ?? shown[0]
}
