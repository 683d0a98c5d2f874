/** The first time: how the diary is to be protected. It is asked once, takes a moment, and can be changed later. */
import { useId, useState, type FormEvent } from 'react'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { NewSecretFields } from '../../lock/new-secret-fields.tsx'
import { draftFaults, emptyDraft } from '../../lock/secret-draft.ts'
import { rememberWay } from '../../lock/usual-way.ts'
import { useText } from '../../strings/language.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Screen } from '../../ui/screen.tsx'
import { RecoveryWords } from './recovery-words.tsx'

const choices = ['pin', 'passphrase', 'none'] as const
type Choice = (typeof choices)[number]

function Choices({ choice, choose }: { choice: Choice; choose(choice: Choice): void }) {
  const { first } = useText().lock
  const name = useId()
  return (
    <fieldset className="ways">
      <legend>{first.choice}</legend>
      {choices.map((value) => (
        <label key={value} className="way">
          <input
            type="radio"
            name={name}
            checked={value === choice}
            onChange={() => choose(value)}
            aria-describedby={`${name}-${value}`}
          />
          <span>
            {first.choices[value]}
            <small id={`${name}-${value}`}>{first.hints[value]}</small>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

interface FirstRunProps {
  /** There is a diary that was never encrypted. */
  readonly unsealed: boolean
  /** It goes on being shown until she is done, also when the diary is open already. */
  begun(): void
  done(): void
}

export function FirstRun({ unsealed, begun, done }: FirstRunProps) {
  const { lock } = useText()
  const { first } = lock
  const calls = useCalls()
  const { run, busy, fault } = useAction()
  const [choice, setChoice] = useState<Choice>('pin')
  const [draft, setDraft] = useState(emptyDraft)
  const [wantsWords, setWantsWords] = useState(false)
  const [tried, setTried] = useState(false)
  const [words, setWords] = useState<string>()
  const faults = choice === 'none' ? {} : draftFaults(choice, draft, lock)

  async function create(): Promise<void> {
    begun()
    const recovery = wantsWords && { recovery: true as const }
    const { recoveryPhrase } = await calls.create(
      choice === 'none'
        ? { platformOnly: true }
        : choice === 'pin'
          ? { pin: draft.typed, ...recovery }
          : { passphrase: draft.typed, ...recovery },
    )
    if (choice !== 'none') rememberWay(choice)
    setDraft(emptyDraft)
    if (recoveryPhrase === undefined) done()
    else setWords(recoveryPhrase)
  }

  async function attempt(): Promise<void> {
    if (!(await run(create))) done()
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (Object.keys(faults).length > 0) return
    void attempt()
  }

  if (words !== undefined)
    return (
      <Screen name="first-run" title={first.title}>
        <RecoveryWords words={words} written={done} />
      </Screen>
    )
  return (
    <Screen name="first-run" title={first.title}>
      <p className="lead">{first.lead}</p>
      {unsealed && <p className="note">{first.unsealed}</p>}
      <form className="card" noValidate onSubmit={submit}>
        <fieldset className="fields" disabled={busy}>
          <Choices
            choice={choice}
            choose={(next) => {
              setChoice(next)
              setDraft(emptyDraft)
              setTried(false)
            }}
          />
          {choice !== 'none' && (
            <>
              <NewSecretFields
                kind={choice}
                draft={draft}
                set={setDraft}
                faults={tried ? faults : {}}
              />
              <label className="switch">
                <input
                  type="checkbox"
                  checked={wantsWords}
                  onChange={(event) => setWantsWords(event.target.checked)}
                />
                <span>
                  {first.recovery}
                  <small>{first.recoveryHint}</small>
                </span>
              </label>
            </>
          )}
        </fieldset>
        <FaultNote fault={fault} />
        <button type="submit" className="button button-main" disabled={busy}>
          {first.start}
        </button>
        <p role="status">
          {busy && (
            <span className="with-icon">
              <i className="spinner" aria-hidden="true" />
              {first.starting}
            </span>
          )}
        </p>
      </form>
    </Screen>
  )
}
