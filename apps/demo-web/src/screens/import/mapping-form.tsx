/** Asks what the columns of a table are, beginning with what can be guessed. */
import type { CsvColumn, DateOrder, FailureReason } from '@selene/client-sdk/interchange'
import { dateOrders } from '@selene/client-sdk/interchange'
import { useEffect, useRef, useState } from 'react'
import { useText } from '../../strings/language.tsx'
import { ChoiceChips } from '../../ui/chips.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { ColumnFields } from './column-fields.tsx'
import {
  faultsOf,
  isSound,
  otherColumns,
  withDateColumn,
  type MappingDraft,
  type MappingFaults,
} from './mapping-draft.ts'
import type { Table } from './use-import.ts'

const examples = 3

interface DatePartProps {
  readonly table: Table
  readonly draft: MappingDraft
  readonly faults: Pick<MappingFaults, 'date' | 'order'>
  change(draft: MappingDraft): void
}

/** Columns that hold dates come first, others may hold some that cannot be read. */
const byLikelihood = (columns: readonly CsvColumn[]): CsvColumn[] =>
  columns.toSorted((a, b) => Number(b.kind === 'date') - Number(a.kind === 'date'))

function DatePart({ table: { sniff, words }, draft, faults, change }: DatePartProps) {
  const { importing } = useText()
  const column = sniff.columns.find(({ name }) => name === draft.dateColumn)
  const fitting = column && column.dateOrders.length > 0 ? column.dateOrders : dateOrders
  const cells = (words[draft.dateColumn] ?? []).slice(0, examples)
  return (
    <Section title={importing.dateTitle}>
      <SelectField
        label={importing.dateColumn}
        fault={faults.date ? importing.mappingFaults.date : undefined}
        value={draft.dateColumn}
        options={[
          { value: '', label: importing.choose },
          ...byLikelihood(sniff.columns).map(({ name }) => ({ value: name, label: name })),
        ]}
        choose={(name) => {
          const chosen = sniff.columns.find((one) => one.name === name)
          change(
            chosen ? withDateColumn(draft, chosen) : { ...draft, dateColumn: '', dateOrder: '' },
          )
        }}
      />
      {column && (
        <div className="input-group">
          <ChoiceChips<DateOrder | ''>
            legend={importing.dateOrder}
            options={fitting.map((order) => ({
              value: order,
              label: importing.dateOrders[order],
            }))}
            value={draft.dateOrder}
            choose={(dateOrder) => change({ ...draft, dateOrder })}
          />
          {cells.length > 0 && <p className="hint">{importing.dateExample(cells.join(' · '))}</p>}
          {faults.order && (
            <p className="fault">
              <Icon name="warning" />
              {importing.mappingFaults.order}
            </p>
          )}
        </div>
      )}
    </Section>
  )
}

interface MappingFormProps {
  readonly table: Table
  /** Why what she said could not be used. */
  readonly reason: FailureReason | undefined
  readonly draft: MappingDraft
  readonly busy: boolean
  change(draft: MappingDraft): void
  preview(): void
}

export function MappingForm({ table, reason, draft, busy, change, preview }: MappingFormProps) {
  const { importing } = useText()
  const form = useRef<HTMLFormElement>(null)
  const [refusals, setRefusals] = useState(0)
  const faults = faultsOf(table.sniff, draft, table.words)
  const tried = refusals > 0
  useEffect(() => {
    if (refusals === 0) return
    const asked = form.current?.querySelector('.fault')?.closest('.field, .input-group')
    asked?.querySelector<HTMLElement>('select, input')?.focus()
  }, [refusals])
  return (
    <form
      ref={form}
      className="parts"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (isSound(faults)) preview()
        else setRefusals((before) => before + 1)
      }}
    >
      <Section title={importing.mappingTitle} lead={importing.mappingLead} arrives>
        <p>{importing.rows(table.sniff.rows)}</p>
        <div role="alert">
          {reason && (
            <p className="note note-bad">
              <Icon name="warning" />
              <span>{importing.failures[reason]}</span>
            </p>
          )}
        </div>
      </Section>
      <DatePart
        table={table}
        draft={draft}
        faults={{ date: tried && faults.date, order: tried && faults.order }}
        change={change}
      />
      <Section title={importing.columnsTitle}>
        {otherColumns(table.sniff, draft).map((column) => (
          <ColumnFields
            key={column.name}
            column={column}
            cells={table.words[column.name] ?? []}
            draft={draft.columns[column.name]!}
            fault={tried ? faults.ofColumn[column.name] : undefined}
            change={(changed) =>
              change({ ...draft, columns: { ...draft.columns, [column.name]: changed } })
            }
          />
        ))}
        <div role="alert">
          {tried && faults.columns && (
            <p className="fault">
              <Icon name="warning" />
              {importing.mappingFaults.columns}
            </p>
          )}
        </div>
        <button type="submit" className="button button-main" disabled={busy}>
          {importing.toPreview}
        </button>
      </Section>
    </form>
  )
}
