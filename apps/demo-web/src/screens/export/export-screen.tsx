/** Takes the diary out: what for, which days, and what is in it. It says what a file is not: protected. */
import { useEffect, useRef, useState } from 'react'
import { useValue } from '../../backend/use-backend.tsx'
import { useToday } from '../../calendar/today.ts'
import { useText } from '../../strings/language.tsx'
import { ChoiceChips, FlagChips } from '../../ui/chips.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { optionsOf } from '../../ui/options-of.ts'
import { Screen } from '../../ui/screen.tsx'
import { Section } from '../../ui/section.tsx'
import { EverythingSection } from './everything-section.tsx'
import {
  faultsOf,
  isReport,
  isSound,
  maxNameLength,
  newExport,
  partsOf,
  withFormat,
  type ExportDraft,
  type ExportFaults,
  type ExportPart,
} from './export-draft.ts'
import { useExport } from './use-export.ts'

interface PartProps {
  readonly draft: ExportDraft
  readonly faults: Partial<ExportFaults>
  set(change: Partial<ExportDraft>): void
}

function FormatPart({ draft, set }: PartProps) {
  const { exporting } = useText()
  return (
    <Section title={exporting.what}>
      <ChoiceChips
        legend={exporting.what}
        hideLegend
        options={optionsOf(exporting.formats)}
        value={draft.format}
        choose={(format) => set(withFormat(draft, format))}
      />
      <p aria-live="polite">{exporting.contents[draft.format]}</p>
    </Section>
  )
}

function DaysPart({ draft, faults, set }: PartProps) {
  const { exporting } = useText()
  const faultOfTo = faults.to === 'order' ? exporting.orderFault : exporting.dateFault
  return (
    <Section title={exporting.days}>
      <ChoiceChips
        legend={exporting.days}
        hideLegend
        options={optionsOf(exporting.ranges)}
        value={draft.range}
        choose={(range) => set({ range })}
      />
      {draft.range === 'own' && (
        <div className="row">
          <Field
            label={exporting.from}
            type="date"
            className="input-date"
            fault={faults.from ? exporting.dateFault : undefined}
            value={draft.from}
            onChange={(event) => set({ from: event.target.value })}
          />
          <Field
            label={exporting.to}
            type="date"
            className="input-date"
            fault={faults.to && faultOfTo}
            value={draft.to}
            onChange={(event) => set({ to: event.target.value })}
          />
        </div>
      )}
    </Section>
  )
}

function ReportPart({ draft, faults, set }: PartProps) {
  const { exporting } = useText()
  const today = useToday()
  const parts = partsOf(draft, today)
  function withPart(part: ExportPart, isIn: boolean): void {
    const chosen = new Set(draft.parts)
    if (isIn) chosen.add(part)
    else chosen.delete(part)
    set({ parts: chosen })
  }
  return (
    <Section title={exporting.parts}>
      {parts.length > 0 && (
        <div className="input-group">
          <FlagChips
            legend={exporting.parts}
            hideLegend
            options={parts.map((value) => ({ value, label: exporting.partNames[value] }))}
            isOn={(part) => draft.parts.has(part)}
            set={withPart}
          />
          <div aria-live="polite">
            {faults.parts && (
              <p className="fault">
                <Icon name="warning" />
                {exporting.partsFault}
              </p>
            )}
          </div>
          {parts.includes('insights') && <p className="hint">{exporting.insightsHint}</p>}
        </div>
      )}
      <Field
        label={exporting.name}
        hint={exporting.nameHint}
        fault={faults.name ? exporting.nameFault(maxNameLength) : undefined}
        autoComplete="off"
        value={draft.name}
        onChange={(event) => set({ name: event.target.value })}
      />
    </Section>
  )
}

export function ExportScreen() {
  const { exporting } = useText()
  const today = useToday()
  const isOpen = useValue('opening')?.state === 'open'
  const [draft, setDraft] = useState(newExport)
  const [refusals, setRefusals] = useState(0)
  const form = useRef<HTMLFormElement>(null)
  const { busy, fault, outcome, make, forget } = useExport(today)
  const faults = faultsOf(draft)
  const part: PartProps = {
    draft,
    faults: refusals > 0 ? faults : {},
    set(change) {
      forget()
      setDraft({ ...draft, ...change })
    },
  }
  useEffect(() => {
    if (refusals > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [refusals])
  return (
    <Screen name="export" title={exporting.title}>
      <p className="lead">{exporting.lead}</p>
      <p className="note">
        <Icon name="warning" />
        <span>{exporting.warning}</span>
      </p>
      <form
        ref={form}
        className="parts"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (isSound(faults)) make(draft)
          else setRefusals((before) => before + 1)
        }}
      >
        <FormatPart {...part} />
        <DaysPart {...part} />
        {isReport(draft.format) && <ReportPart {...part} />}
        <div className="row">
          <button type="submit" className="button button-main" disabled={busy || !isOpen}>
            {exporting.make}
          </button>
        </div>
        <div role="status">
          {busy && (
            <p className="note">
              <i className="spinner" aria-hidden="true" />
              {exporting.making}
            </p>
          )}
        </div>
        {outcome && (
          <p className={`note${outcome === 'made' ? ' note-good' : ''}`}>
            {outcome === 'made' && <Icon name="check" />}
            {exporting[outcome]}
          </p>
        )}
        <FaultNote fault={fault} />
      </form>
      <EverythingSection />
    </Screen>
  )
}
