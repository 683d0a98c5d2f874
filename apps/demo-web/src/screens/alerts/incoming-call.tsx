/** One call: who, when by which clock, where and how exactly, and her answer. */
import type { IncomingAlert, Position, ResponseState } from '@selene/client-sdk'
import { useEffect, useState } from 'react'
import { useAction, useCalls, type Action } from '../../backend/use-backend.tsx'
import { useNow } from '../../calendar/today.ts'
import { useLanguage, useText } from '../../strings/language.tsx'
import { ageText, momentText } from '../../strings/moment.ts'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { PlaceDetails } from './place-details.tsx'

/** A call that needed longer than this to reach the server was kept back by a missing network. */
const lateMilliseconds = 2 * 60_000

function CallTimes({ call }: { call: IncomingAlert }) {
  const { text, locale } = useLanguage()
  const { alerts, ages } = text
  const now = useNow()
  const when = (at: number): string =>
    `${momentText(at, locale, now)}, ${ageText(at, { locale, now, justNow: ages.now })}`
  return (
    <>
      <dl className="facts">
        <div>
          <dt>{alerts.raised}</dt>
          <dd>
            {when(call.raisedAt)} <small>({alerts.byTheirClock})</small>
          </dd>
        </div>
        <div>
          <dt>{alerts.received}</dt>
          <dd>{when(call.receivedAt)}</dd>
        </div>
      </dl>
      {call.receivedAt - call.raisedAt > lateMilliseconds && (
        <p className="note note-bad">
          <Icon name="clock" />
          {alerts.late}
        </p>
      )}
    </>
  )
}

const hasAccepted = ({ response }: IncomingAlert): boolean =>
  response !== undefined && response !== 'cannot'

/** Answers in the order in which they happen. */
const answersOf = (call: IncomingAlert): readonly ResponseState[] =>
  call.role === 'nearby' && !hasAccepted(call)
    ? ['accept', 'cannot']
    : ['accept', 'on-my-way', 'arrived', 'cannot']

function Answer({ call, action }: { call: IncomingAlert; action: Action }) {
  const { alerts, responses } = useText()
  const calls = useCalls()
  return (
    <Section title={alerts.answer}>
      {call.role === 'nearby' && !hasAccepted(call) && <p>{alerts.acceptFirst}</p>}
      <p role="status">
        {call.response && (
          <span className="with-icon">
            <Icon name="check" />
            {alerts.answered(responses[call.response])}
          </span>
        )}
      </p>
      <div className="row answers">
        {answersOf(call).map((answer) => (
          <button
            key={answer}
            type="button"
            className={answer === 'cannot' ? 'button' : 'button button-main'}
            aria-pressed={call.response === answer}
            disabled={action.busy}
            onClick={() => void action.run(() => calls.respond(call.id, answer))}
          >
            {responses[answer]}
          </button>
        ))}
      </div>
      <FaultNote fault={action.fault} />
    </Section>
  )
}

/** Where a passer-by is to go: asked for after accepting, and given or refused with the reason. */
function Where({ call }: { call: IncomingAlert }) {
  const { alerts } = useText()
  const calls = useCalls()
  const action = useAction()
  const [located, setLocated] = useState<Position>()
  const position = call.position ?? located
  const accepted = hasAccepted(call)
  const mayAsk = call.role === 'nearby' && accepted && !call.position

  async function locate(): Promise<void> {
    setLocated(await calls.locate(call.id))
  }
  // Ended calls are not located any more, and what was shown of them goes.
  useEffect(() => {
    if (call.state !== 'open') setLocated(undefined)
  }, [call.state])

  if (call.role === 'nearby' && !accepted) return null
  return (
    <Section title={alerts.position}>
      {position && <PlaceDetails position={position} />}
      {!position && <p>{mayAsk ? alerts.locateHint : alerts.noPosition}</p>}
      {mayAsk && (
        <button
          type="button"
          className="button button-main"
          disabled={action.busy}
          onClick={() => void action.run(locate)}
        >
          {alerts.locate}
        </button>
      )}
      <FaultNote fault={action.fault} />
    </Section>
  )
}

export function IncomingCall({ call }: { call: IncomingAlert }) {
  const { alerts } = useText()
  const action = useAction()
  return (
    <>
      {call.kind === 'test' && <p className="note">{alerts.testText}</p>}
      {call.kind === 'medical' && <p className="note note-bad">{alerts.medical}</p>}
      {call.state !== 'open' && (
        <p className="note" role="status">
          {alerts.states[call.state]}
        </p>
      )}
      <CallTimes call={call} />
      {call.role === 'contact' && !call.verified && (
        <p className="note">
          <Icon name="warning" />
          {alerts.unverified}
        </p>
      )}
      {call.note !== undefined && (
        <Section title={alerts.message}>
          <p className="message">{call.note}</p>
        </Section>
      )}
      {call.state === 'open' && <Answer call={call} action={action} />}
      {call.state === 'open' && <Where call={call} />}
    </>
  )
}
