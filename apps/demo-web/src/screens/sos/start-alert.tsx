/** Before an alert: the big button, its quiet alternative, and who is called. */
import type { Audience, RaiseOptions } from '@selene/client-sdk'
import { useState } from 'react'
import { useAction, useCalls, useValue } from '../../backend/use-backend.tsx'
import { useOwnAlert } from '../../sos/own-alert.tsx'
import { useText } from '../../strings/language.tsx'
import { ChoiceChips } from '../../ui/chips.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Section } from '../../ui/section.tsx'
import { HoldButton } from './hold-button.tsx'
import { maxNoteLength } from './max-note-length.ts'
import { ReadinessList } from './readiness-list.tsx'

const countdownSeconds = 10
/** A fix older than this is not sent with the alert; the next one follows it. */
const freshMilliseconds = 30_000

type Asking = 'sos' | 'test' | undefined

interface Call {
  readonly audience: Audience
  readonly medical: boolean
  readonly note: string
}

function CallOptions(props: { call: Call; set(call: Call): void }) {
  const { sos } = useText()
  const { call, set } = props
  return (
    <Section title={sos.audience}>
      <ChoiceChips
        legend={sos.audience}
        hideLegend
        options={[
          { value: 'contacts', label: sos.audienceContacts },
          { value: 'contacts-and-nearby', label: sos.audienceNearby },
        ]}
        value={call.audience}
        choose={(audience) => set({ ...call, audience })}
      />
      {call.audience === 'contacts-and-nearby' && <p className="hint">{sos.audienceNearbyHint}</p>}
      <label className="switch">
        <input
          type="checkbox"
          checked={call.medical}
          onChange={(event) => set({ ...call, medical: event.target.checked })}
        />
        <span>
          {sos.medical}
          <small>{sos.medicalHint}</small>
        </span>
      </label>
      <Field
        label={sos.note}
        hint={sos.noteHint}
        maxLength={maxNoteLength}
        value={call.note}
        onChange={(event) => set({ ...call, note: event.target.value })}
      />
    </Section>
  )
}

export function StartAlert() {
  const { sos, app } = useText()
  const calls = useCalls()
  const action = useAction()
  const readiness = useValue('readiness')
  const { positioning, startPositioning, stopPositioning } = useOwnAlert()
  const [asking, setAsking] = useState<Asking>()
  const [call, setCall] = useState<Call>({ audience: 'contacts', medical: false, note: '' })

  function optionsOf(kind: RaiseOptions['kind']): RaiseOptions {
    const isFresh =
      positioning.state === 'known' && Date.now() - positioning.position.at < freshMilliseconds
    return {
      kind: kind === 'sos' && call.medical ? 'medical' : (kind ?? 'sos'),
      audience: kind === 'test' ? 'contacts' : call.audience,
      ...(call.note.trim() !== '' && { note: call.note.trim() }),
      ...(isFresh && { position: positioning.position }),
    }
  }

  const arm = (): void =>
    void action.run(
      async () => void (await calls.arm({ ...optionsOf('sos'), seconds: countdownSeconds })),
    )

  function confirm(): void {
    const kind = asking
    setAsking(undefined)
    startPositioning()
    if (kind === 'sos') arm()
    else void action.run(async () => void (await calls.raise(optionsOf('test'))))
  }

  return (
    <>
      {readiness && <p className="who">{sos.explain(readiness.contacts)}</p>}
      <HoldButton
        disabled={action.busy}
        pressed={startPositioning}
        released={stopPositioning}
        held={arm}
      />
      <p id="hold-hint" className="hint hold-hint">
        {sos.holdHint}
      </p>
      <p className="lead">{sos.lead}</p>
      <FaultNote fault={action.fault} />
      <div className="row row-centre">
        <button type="button" className="button" onClick={() => setAsking('sos')}>
          {sos.confirmOpen}
        </button>
        <button type="button" className="button" onClick={() => setAsking('test')}>
          {sos.test}
        </button>
      </div>
      {readiness && <ReadinessList readiness={readiness} test={() => setAsking('test')} />}
      <CallOptions call={call} set={setCall} />
      <Dialog
        open={asking !== undefined}
        title={asking === 'test' ? sos.testTitle : sos.confirmTitle}
        close={() => setAsking(undefined)}
      >
        <p>{asking === 'test' ? sos.testText : sos.confirmText}</p>
        <div className="row">
          <button type="button" className="button button-alarm" onClick={confirm}>
            {asking === 'test' ? sos.test : sos.confirmYes}
          </button>
          <button type="button" className="button" onClick={() => setAsking(undefined)}>
            {app.cancel}
          </button>
        </div>
      </Dialog>
    </>
  )
}
