import { useAction, useCalls, useValue } from '../../backend/use-backend.tsx'
import { useNow } from '../../calendar/today.ts'
import { useLanguage } from '../../strings/language.tsx'
import { momentText } from '../../strings/moment.ts'
import { FaultNote, faultText } from '../../ui/fault-note.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { Link } from '../../use-route.tsx'
import { QuarantinedList } from './quarantined-list.tsx'

/** How far sync is, in words; what the server refused or nobody could open is said too. */
export function SyncSection() {
  const { text, locale } = useLanguage()
  const { app, devices } = text
  const calls = useCalls()
  const action = useAction()
  const now = useNow()
  const sync = useValue('sync')
  const isEnded = useValue('vault')?.ending !== undefined
  if (!sync) return <p className="note">{app.loading}</p>
  const { phase, unsent, setAside, quarantined, lastSeenAt, problem } = sync
  if (phase === 'local-only') return <Section title={devices.localTitle} lead={devices.local} />
  const lines = [
    ...(unsent > 0 ? [devices.unsent(unsent)] : []),
    ...(setAside > 0 ? [devices.setAside(setAside)] : []),
    ...(quarantined > 0 ? [devices.quarantined(quarantined)] : []),
    ...(lastSeenAt === undefined ? [] : [devices.lastSeen(momentText(lastSeenAt, locale, now))]),
  ]
  return (
    <Section title={devices.syncTitle}>
      <p className="with-icon" role="status">
        <i className="sync-mark" data-phase={phase} aria-hidden="true" />
        <span>
          <strong>{devices.phases[phase]}.</strong> {devices.phaseTexts[phase]}
        </span>
      </p>
      {phase === 'stuck' && problem && (
        <p className="note note-bad">
          <Icon name="warning" />
          {faultText({ code: problem, title: '', remedy: 'retry' }, text)}
        </p>
      )}
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {setAside > 0 && (
        <Link to={{ name: 'aside' }} className="button">
          {text.aside.title}
        </Link>
      )}
      {quarantined > 0 && <QuarantinedList />}
      <FaultNote fault={action.fault} />
      {!isEnded && (
        <button
          type="button"
          className="button"
          disabled={action.busy}
          onClick={() => void action.run(() => calls.syncNow())}
        >
          {devices.syncNow}
        </button>
      )}
    </Section>
  )
}
