/** Opens a locked diary: with a secret, or by what can be done about one that does not open as it is. */
import type { Secret, UnlockMode } from '@selene/client-sdk'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { secretOf } from '../../lock/secret-draft.ts'
import { SecretField } from '../../lock/secret-field.tsx'
import { rememberWay, usualWay, ways } from '../../lock/usual-way.ts'
import { useWait, waitText } from '../../lock/use-wait.ts'
import { useText } from '../../strings/language.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Section } from '../../ui/section.tsx'
import { Link } from '../../use-route.tsx'
import type { Fault } from '../../worker/fault.ts'
import { EraseButton } from './erase-button.tsx'
import { isTrouble, Trouble } from './trouble.tsx'

function UnlockForm() {
  const { lock } = useText()
  const calls = useCalls()
  const { run, busy, fault, forget } = useAction()
  const field = useRef<HTMLInputElement>(null)
  const [way, setWay] = useState(usualWay)
  const [typed, setTyped] = useState('')
  /** What is the matter with the diary, and the secret that was right. */
  const [trouble, setTrouble] = useState<{ fault: Fault; secret: Secret }>()
  const wait = useWait(fault)

  useEffect(() => {
    if (isTrouble(fault)) setTrouble((known) => known ?? { fault, secret: secretOf(way, typed) })
    else if (fault?.code === 'store/wrong-secret') {
      setTyped('')
      field.current?.focus()
    }
    // What is typed now is not what was tried.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [fault])

  const unlock = (secret: Secret, mode?: UnlockMode): void =>
    void run(async () => {
      await calls.unlock(secret, mode)
      rememberWay(way)
    })

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (typed !== '' && wait === 0) unlock(secretOf(way, typed))
  }

  if (trouble && isTrouble(trouble.fault))
    return (
      <Trouble
        fault={trouble.fault}
        newer={fault === trouble.fault ? undefined : fault}
        busy={busy}
        open={(mode) => unlock(trouble.secret, mode)}
        again={() => {
          setTrouble(undefined)
          setTyped('')
          forget()
        }}
      />
    )
  return (
    <form className="card unlock" onSubmit={submit}>
      <SecretField
        legend={lock.unlock.way}
        ways={ways}
        way={way}
        choose={(next) => {
          setWay(next)
          setTyped('')
          forget()
        }}
        typed={typed}
        type={setTyped}
        ref={field}
      />
      {wait > 0 ? (
        <p className="note note-bad" role="timer">
          <Icon name="clock" />
          <span>{lock.unlock.wait(waitText(wait))}</span>
        </p>
      ) : (
        <FaultNote fault={fault?.code === 'store/attempts' ? undefined : fault} />
      )}
      <button
        type="submit"
        className="button button-main"
        disabled={busy || typed === '' || wait > 0}
      >
        {busy ? lock.unlock.opening : lock.unlock.open}
      </button>
    </form>
  )
}

/** A diary without a lock that did not open by itself. */
function PlatformTrouble({ fault }: { fault: Fault }) {
  const { app } = useText()
  const calls = useCalls()
  const { run, busy, fault: newer } = useAction()
  if (isTrouble(fault))
    return (
      <Trouble
        fault={fault}
        newer={newer}
        busy={busy}
        open={(mode) => void run(() => calls.unlock({ platform: true }, mode))}
      />
    )
  return (
    <Section title={app.openFailedTitle} tone="alarm">
      <FaultNote fault={newer ?? fault} />
      <button
        type="button"
        className="button button-main"
        disabled={busy}
        onClick={() => void run(() => calls.unlock({ platform: true }))}
      >
        {app.tryAgain}
      </button>
    </Section>
  )
}

/** @param fault Why it did not open by itself, where it should have. */
export function UnlockScreen({ fault }: { fault: Fault | undefined }) {
  const { lock } = useText()
  return (
    <Screen name="unlock" title={lock.unlock.title}>
      {fault ? <PlatformTrouble fault={fault} /> : <UnlockForm />}
      <p>
        <Link to={{ name: 'sos' }}>{lock.unlock.sos}</Link>
      </p>
      {!fault && (
        <details className="help">
          <summary>{lock.unlock.help}</summary>
          <div className="fields">
            <p>{lock.unlock.helpText}</p>
            <div>
              <EraseButton />
            </div>
          </div>
        </details>
      )}
    </Screen>
  )
}
