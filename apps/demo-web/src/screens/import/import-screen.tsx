/** Brings a diary in from a file. Each step says what is so far, and nothing is written before the last. */
import { Icon } from '../../ui/icon.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Section } from '../../ui/section.tsx'
import { useText } from '../../strings/language.tsx'
import { Link } from '../../use-route.tsx'
import { useValue } from '../../backend/use-backend.tsx'
import { MappingForm } from './mapping-form.tsx'
import { Preview } from './preview.tsx'
import { useImport } from './use-import.ts'

export function ImportScreen() {
  const { importing } = useText()
  const steps = useImport()
  const { step, busy, draft } = steps
  const isOpen = useValue('opening')?.state === 'open'
  return (
    <Screen name="import" title={importing.title}>
      <p className="lead">{importing.lead}</p>
      <Section title={importing.file}>
        <Field
          type="file"
          accept=".csv,.tsv,.txt,.json,text/csv,application/json"
          label={importing.file}
          hideLabel
          hint={importing.fileHint}
          disabled={busy || !isOpen}
          // The same file may be chosen again, after it was changed or to see it once more.
          onClick={(event) => {
            event.currentTarget.value = ''
          }}
          onChange={(event) => steps.choose(event.target.files?.[0])}
        />
        <div role="status">
          {busy && (
            <p className="note">
              <i className="spinner" aria-hidden="true" />
              {step.name === 'preview' ? importing.writing : importing.reading}
            </p>
          )}
        </div>
        <FaultNote fault={steps.fault} />
      </Section>
      {step.name === 'failed' && (
        <Section title={importing.failedTitle} arrives>
          <p className="note note-bad">
            <Icon name="warning" />
            <span>{importing.failures[step.reason]}</span>
          </p>
        </Section>
      )}
      {step.name === 'mapping' && draft && (
        <MappingForm
          table={step.table}
          reason={step.reason}
          draft={draft}
          busy={busy}
          change={steps.setDraft}
          preview={steps.preview}
        />
      )}
      {step.name === 'preview' && (
        <Preview
          summary={step.summary}
          busy={busy}
          commit={steps.commit}
          changeMapping={steps.changeMapping}
        />
      )}
      {step.name === 'done' && (
        <Section title={importing.doneTitle} arrives>
          <p className="note note-good">
            <Icon name="check" />
            {importing.done(step.changed)}
          </p>
          <Link to={{ name: 'month' }} className="button button-main">
            {importing.toMonth}
          </Link>
        </Section>
      )}
    </Screen>
  )
}
