/** Her data in and out, as drip's CSV. */
import { useRef, useState } from 'react'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import type { Strings } from '../../strings/en.ts'
import { useLanguage, useText } from '../../strings/language.tsx'
import { dateText } from '../../strings/moment.ts'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import type { ImportSummary } from '../../worker/facade.ts'

const shownFaults = 5

/** Where in the file something is left out; a table has lines, a list has entries. */
function placeText(
  { line, index, reason }: ImportSummary['faults'][number],
  { settings }: Strings,
): string {
  if (line !== undefined) return settings.importLine(line, reason)
  return index === undefined ? reason : settings.importEntry(index + 1, reason)
}

function ImportFaults({ summary }: { summary: ImportSummary }) {
  const text = useText()
  const { settings } = text
  const { faults, unknown } = summary
  return (
    <>
      {faults.length > 0 && (
        <details>
          <summary>{settings.importFaults(faults.length)}</summary>
          <ul>
            {faults.slice(0, shownFaults).map((fault, index) => (
              <li key={index}>{placeText(fault, text)}</li>
            ))}
          </ul>
        </details>
      )}
      {unknown.length > 0 && (
        <p>{settings.importUnknown(unknown.map(({ name }) => name).join(', '))}</p>
      )}
    </>
  )
}

function ImportPreview(props: { summary: ImportSummary; commit(): void; cancel(): void }) {
  const { text, locale } = useLanguage()
  const { settings, app } = text
  const { summary, commit, cancel } = props
  const { days, from, to, changing, unchanged, conflicts } = summary
  const dateOf = (date: NonNullable<typeof from>): string =>
    dateText(date, locale, { dateStyle: 'medium' })
  return (
    <div className="import-preview" role="group" aria-label={settings.importTitle}>
      <h3>{settings.importTitle}</h3>
      {from && to && <p>{settings.importDays(days, dateOf(from), dateOf(to))}</p>}
      <ul>
        <li>{settings.importChanging(changing)}</li>
        <li>{settings.importUnchanged(unchanged)}</li>
        {conflicts.length > 0 && <li>{settings.importConflicts(conflicts.length)}</li>}
      </ul>
      <ImportFaults summary={summary} />
      <div className="row">
        <button type="button" className="button button-main" onClick={commit}>
          {settings.importCommit}
        </button>
        <button type="button" className="button" onClick={cancel}>
          {app.cancel}
        </button>
      </div>
    </div>
  )
}

/** Hands a file to the browser's downloads. */
function download(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

export function DataSection() {
  const { settings } = useText()
  const calls = useCalls()
  const action = useAction()
  const announcer = useAnnouncer()
  const input = useRef<HTMLInputElement>(null)
  const [summary, setSummary] = useState<ImportSummary>()
  const [imported, setImported] = useState<number>()

  function end(): void {
    setSummary(undefined)
    if (input.current) input.current.value = ''
  }

  function read(file: File | undefined): void {
    setImported(undefined)
    setSummary(undefined)
    if (file) void action.run(async () => setSummary(await calls.previewImport(file)))
  }

  function commit(changing: number): void {
    void action.run(async () => {
      await calls.commitImport()
      end()
      setImported(changing)
      announcer.polite(settings.imported(changing))
    })
  }

  return (
    <Section title={settings.dataTitle}>
      <Field
        ref={input}
        type="file"
        accept=".csv,text/csv"
        label={settings.importLabel}
        hint={settings.importHint}
        disabled={action.busy}
        onChange={(event) => read(event.target.files?.[0])}
      />
      {summary && (
        <ImportPreview summary={summary} commit={() => commit(summary.changing)} cancel={end} />
      )}
      {imported !== undefined && (
        <p className="note note-good">
          <Icon name="check" />
          {settings.imported(imported)}
        </p>
      )}
      <FaultNote fault={action.fault} />
      <button
        type="button"
        className="button"
        disabled={action.busy}
        onClick={() =>
          void action.run(async () => download(await calls.exportDiary(), settings.exportName))
        }
      >
        {settings.export}
      </button>
      <p className="hint">{settings.exportHint}</p>
    </Section>
  )
}
