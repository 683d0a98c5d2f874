/** The first time: how the diary is to be protected. It is asked once, takes a moment, and can be changed later. */
import { useId, useState, type FormEvent } from 'react'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { NewSecretFields } from '../../lock/new-secret-fields.tsx'
import { draftFaults, emptyDraft } from '../../lock/secret-draft.ts'
import { rememberWay } from '../../lock/usual-way.ts'
import { useText } from '../../strings/language.tsx'
import { ChoiceChips } from '../../ui/chips.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useRouting } from '../../use-route.tsx'
import { forgetKept } from '../ended/kept.ts'
import { beginningAt, beginnings, placeOf, type Beginning } from './beginning.ts'
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

/** Where the diary comes from; what is not begun anew is fetched once there is a place for it. */
function Beginnings({ from, choose }: { from: Beginning; choose(from: Beginning): void }) {
  const { wayBack } = useText()
  return (
    <div className="fields">
      <ChoiceChips
        legend={wayBack.beginTitle}
        options={beginnings.map((value) => ({ value, label: wayBack.begins[value] }))}
        value={from}
        choose={choose}
      />
      {from !== 'anew' && <p className="hint">{wayBack.beginHint}</p>}
    </div>
  )
}

function WordsChoice({ wants, choose }: { wants: boolean; choose(wants: boolean): void }) {
  const { first } = useText().lock
  return (
    <label className="switch">
      <input type="checkbox" checked={wants} onChange={(event) => choose(event.target.checked)} />
      <span>
        {first.recovery}
        <small>{first.recoveryHint}</small>
      </span>
    </label>
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
  const { route, go } = useRouting()
  const [from, setFrom] = useState<Beginning>(() => beginningAt(route))
  const [choice, setChoice] = useState<Choice>('pin')
  const [draft, setDraft] = useState(emptyDraft)
  const [wantsWords, setWantsWords] = useState(false)
  const [tried, setTried] = useState(false)
  const [words, setWords] = useState<string>()
  const faults = choice === 'none' ? {} : draftFaults(choice, draft, lock)

  function leave(): void {
    const place = placeOf(from)
    if (place) go(place)
    done()
  }

  async function create(): Promise<void> {
    begun()
    forgetKept()
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
    if (recoveryPhrase === undefined) leave()
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
        <RecoveryWords words={words} written={leave} />
      </Screen>
    )
  return (
    <Screen name="first-run" title={first.title}>
      <p className="lead">{first.lead}</p>
      {unsealed && <p className="note">{first.unsealed}</p>}
      <form className="card" noValidate onSubmit={submit}>
        <fieldset className="fields" disabled={busy}>
          <Beginnings from={from} choose={setFrom} />
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
              <WordsChoice wants={wantsWords} choose={setWantsWords} />
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
