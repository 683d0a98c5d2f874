/** What the server refused for good: looked at, copied, sent once more, or given up by her choice. */
import type { SetAside, SetAsideContent } from '@selene/client-sdk'
import { useState } from 'react'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { useNow } from '../../calendar/today.ts'
import { useLanguage, useText } from '../../strings/language.tsx'
import { momentText } from '../../strings/moment.ts'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { download } from '../../ui/download.ts'
import { FaultNote, faultText } from '../../ui/fault-note.tsx'
import { RemoveDialog } from '../../ui/remove-dialog.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Section } from '../../ui/section.tsx'
import { Link } from '../../use-route.tsx'
import { DayLine } from '../reading/day-line.tsx'
import { refusedFile, type Refused } from './aside-file.ts'
import { useRefused } from './use-refused.ts'

/** What a change is about, where it is not of days. */
function useDocumentName(): (content: SetAsideContent) => string | undefined {
  const { documents } = useText().aside
  return ({ document, days }) => {
    if (days.length > 0) return undefined
    if (document === undefined) return documents.none
    const known: Partial<Record<string, string>> = documents
    return known[document] ?? documents.other
  }
}

interface RefusedProps {
  readonly refused: Refused
  readonly busy: boolean
  retry(): void
  giveUp(): void
}

function RefusedChange({ refused: { entry, content }, busy, retry, giveUp }: RefusedProps) {
  const { text, locale } = useLanguage()
  const { aside } = text
  const nameOf = useDocumentName()
  const when = momentText(entry.at, locale, useNow())
  const name = nameOf(content)
  return (
    <Section title={when}>
      <p>{faultText({ code: entry.code, title: '', remedy: 'give-up' }, text)}</p>
      {name !== undefined && <p>{name}</p>}
      {content.days.length > 0 && (
        <ul className="people" aria-label={aside.days}>
          {content.days.map((day) => (
            <DayLine key={day.date} day={day} empty={aside.cleared} />
          ))}
        </ul>
      )}
      <div className="row">
        {entry.retriable && (
          <button
            type="button"
            className="button"
            disabled={busy}
            aria-label={aside.retryLabel(when)}
            onClick={retry}
          >
            {aside.retry}
          </button>
        )}
        <button
          type="button"
          className="button"
          disabled={busy}
          aria-label={aside.giveUpLabel(when)}
          onClick={giveUp}
        >
          {aside.giveUp}
        </button>
      </div>
    </Section>
  )
}

function ExportSection({ refused }: { refused: readonly Refused[] }) {
  const { aside } = useText()
  return (
    <Section title={aside.exporting} lead={aside.exportHint} tone="quiet">
      <button
        type="button"
        className="button"
        onClick={() =>
          download(new Blob([refusedFile(refused)], { type: 'application/json' }), aside.file)
        }
      >
        {aside.exportMake}
      </button>
    </Section>
  )
}

export function AsideScreen() {
  const { app, aside, devices } = useText()
  const calls = useCalls()
  const { run, busy, fault } = useAction()
  const announcer = useAnnouncer()
  const refused = useRefused()
  const [asked, setAsked] = useState<SetAside>()

  function retry({ opId }: SetAside): void {
    void run(async () => {
      await calls.retrySetAside(opId)
      announcer.polite(aside.retried)
    })
  }
  function giveUp({ opId }: SetAside): void {
    void run(async () => {
      await calls.giveUpSetAside(opId)
      announcer.polite(aside.gaveUp)
    })
  }

  return (
    <Screen name="aside" title={aside.title}>
      <p className="lead">{aside.lead}</p>
      {!refused && <p className="note">{app.loading}</p>}
      {refused?.length === 0 && <p className="note note-good">{aside.none}</p>}
      {refused?.map((one) => (
        <RefusedChange
          key={one.entry.opId}
          refused={one}
          busy={busy}
          retry={() => retry(one.entry)}
          giveUp={() => setAsked(one.entry)}
        />
      ))}
      <FaultNote fault={fault} />
      {refused && refused.length > 0 && <ExportSection refused={refused} />}
      <p>
        <Link to={{ name: 'devices' }}>{devices.title}</Link>
      </p>
      <RemoveDialog
        what={asked}
        title={() => aside.giveUpTitle}
        text={aside.giveUpText}
        label={aside.giveUp}
        remove={giveUp}
        close={() => setAsked(undefined)}
      />
    </Screen>
  )
}
