/** The way back anew without any of the old ones, in seven days; every device shows it and may cancel it. */
import { useAction, useCalls, useValue } from '../../backend/use-backend.tsx'
import { useNow } from '../../calendar/today.ts'
import { ProofFields } from '../../lock/proof-fields.tsx'
import { useProof } from '../../lock/use-proof.ts'
import { useLanguage, useText } from '../../strings/language.tsx'
import { momentText } from '../../strings/moment.ts'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Section } from '../../ui/section.tsx'
import { useMemberName } from '../devices/member-name.ts'
import { daysLeft } from './days-left.ts'
import { NewWords } from './new-words.tsx'
import { WayForm } from './way-form.tsx'

/** How long it still takes, as far as this device can know. */
function ResetTime({ since, overBy }: { since: number; overBy: number }) {
  const { text, locale } = useLanguage()
  const { wayBack } = text
  const now = useNow()
  const days = daysLeft(overBy, now)
  if (days === 0) return <p>{wayBack.resetIsOver}</p>
  const [from, to] = [since, overBy].map((at) => momentText(at, locale, now))
  return (
    <p>
      <strong>{wayBack.resetLeft(days)}</strong> {wayBack.resetWhen(from!, to!)}
    </p>
  )
}

/** A reset that waits for its seven days. */
export function PendingReset() {
  const { wayBack, devices } = useText()
  const calls = useCalls()
  const { run, busy, fault } = useAction()
  const announcer = useAnnouncer()
  const proof = useProof()
  const nameOf = useMemberName()
  const reset = useValue('vault')?.reset
  if (!reset) return null

  async function cancel(): Promise<void> {
    await calls.cancelReset()
    announcer.polite(wayBack.resetCancelled)
  }
  async function complete(): Promise<void> {
    await calls.completeReset(proof.secret)
    announcer.polite(wayBack.resetCompleted)
  }

  return (
    <Section title={wayBack.resetPending} lead={wayBack.resetText(nameOf(reset.by))} tone="alarm">
      {reset.since !== undefined && reset.overBy !== undefined && (
        <ResetTime since={reset.since} overBy={reset.overBy} />
      )}
      <button
        type="button"
        className="button button-alarm"
        disabled={busy}
        onClick={() => void run(cancel)}
      >
        {wayBack.resetCancel}
      </button>
      <FaultNote fault={fault} />
      <details className="help">
        <summary>{wayBack.resetOver}</summary>
        <WayForm submit={wayBack.resetComplete} isLacking={proof.isLacking} work={complete}>
          {(tried) => <ProofFields legend={devices.proof} proof={proof} tried={tried} />}
        </WayForm>
      </details>
    </Section>
  )
}

export function ResetSection() {
  const { wayBack, devices } = useText()
  const calls = useCalls()
  const proof = useProof()
  const vault = useValue('vault')
  if (!vault || vault.reset) return null
  return (
    <NewWords
      title={wayBack.resetTitle}
      lead={wayBack.resetLead}
      submit={wayBack.resetMake}
      done={wayBack.resetAnnounced}
      isLacking={proof.isLacking}
      check={() => calls.prove(proof.secret)}
      use={(next) => calls.announceReset(proof.secret, next)}
      clear={proof.clear}
    >
      {(tried) => <ProofFields legend={devices.proof} proof={proof} tried={tried} />}
    </NewWords>
  )
}
