/** New words made, shown, asked for, and put into force: whoever wants them says how they are authorised and used. */
import { useState, type ReactNode } from 'react'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { PhraseSteps } from './phrase-steps.tsx'
import { WayForm } from './way-form.tsx'

interface NewWordsProps {
  readonly title: string
  readonly lead: string
  readonly submit: string
  readonly done: string
  readonly isLacking: boolean
  /** Whether what she typed will do; asked before words are made. */
  check(): Promise<void>
  /** Puts the words to use, once she has them on paper. */
  use(phrase: string): Promise<void>
  /** It is over; nothing secret stays in the page. */
  clear(): void
  children(tried: boolean): ReactNode
}

export function NewWords(props: NewWordsProps) {
  const { title, lead, submit, done, isLacking, check, use, clear, children } = props
  const { wayBack, app } = useText()
  const calls = useCalls()
  const { run, busy, fault } = useAction()
  const announcer = useAnnouncer()
  const [phrase, setPhrase] = useState<string>()
  const [isWritten, setWritten] = useState(false)
  const [isDone, setDone] = useState(false)

  function end(): void {
    setPhrase(undefined)
    setWritten(false)
    clear()
  }

  async function finish(words: string): Promise<void> {
    setWritten(true)
    const isUsed = await run(async () => {
      await use(words)
      end()
    })
    if (!isUsed) return
    setDone(true)
    announcer.polite(done)
  }

  if (phrase !== undefined && !isWritten)
    return <PhraseSteps phrase={phrase} done={() => void finish(phrase)} />
  return (
    <Section title={title} lead={lead}>
      {phrase === undefined ? (
        <>
          <WayForm
            submit={submit}
            isLacking={isLacking}
            work={async () => {
              setDone(false)
              await check()
              setPhrase(await calls.newPhrase())
            }}
          >
            {children}
          </WayForm>
          {isDone && (
            <p className="note note-good">
              <Icon name="check" />
              {done}
            </p>
          )}
        </>
      ) : (
        <>
          <p role="status">{busy && wayBack.working}</p>
          <FaultNote fault={fault} />
          {fault && (
            <div className="row">
              <button
                type="button"
                className="button button-main"
                onClick={() => void finish(phrase)}
              >
                {app.tryAgain}
              </button>
              <button type="button" className="button" onClick={end}>
                {app.cancel}
              </button>
            </div>
          )}
        </>
      )}
    </Section>
  )
}
