/** What one column of a table is: a field, with its unit and the meanings of its words. */
import { fields, type DayValues, type FieldName } from '@selene/client-sdk/calendar'
import type { CsvColumn } from '@selene/client-sdk/interchange'
import type { Strings } from '../../strings/en.ts'
import { useText } from '../../strings/language.tsx'
import { ChoiceChips } from '../../ui/chips.tsx'
import { Fold } from '../../ui/fold.tsx'
import { Icon } from '../../ui/icon.tsx'
import { optionsOf } from '../../ui/options-of.ts'
import { SelectField, type SelectGroup, type SelectOption } from '../../ui/select-field.tsx'
import { fieldName, groupedFields, valueName } from './field-name.ts'
import {
  hasAnswers,
  isCounted,
  isField,
  manyWords,
  meaningAnswer,
  nothing,
  unitsOf,
  withUse,
  wordsToAnswer,
  type ColumnDraft,
} from './mapping-draft.ts'

/** What marks a value as left out belongs to the diary that it was made in. */
const isOffered = (field: FieldName): boolean => !field.endsWith('.exclude')

const usesOf = (text: Strings): (SelectOption | SelectGroup)[] => [
  { value: '', label: text.importing.leaveOut },
  { value: manyWords, label: text.importing.manyWords },
  ...groupedFields(isOffered).map(({ group, fields }) => ({
    label: text.importing.groups[group],
    options: fields.map((field) => ({ value: field, label: fieldName(field, text) })),
  })),
]

/** Answers for a field: its values, or that it is so. */
function valueOptions(field: FieldName, text: Strings): SelectOption[] {
  const { choices, importing } = text
  const kind = fields[field]
  if (kind.kind === 'flag') return [{ value: 'true', label: importing.yes }]
  if (kind.kind !== 'integer') return []
  const names = field in choices ? choices[field as keyof typeof choices].options : []
  return Array.from({ length: kind.max - kind.min + 1 }, (_, i) => ({
    value: String(kind.min + i),
    label: names[i] ?? String(kind.min + i),
  }))
}

/** What a word among several can mean: one flag, or one numbered answer. */
function meaningGroups(text: Strings): SelectGroup[] {
  const option = (values: DayValues): SelectOption => {
    const [[field, value] = ['', undefined]] = Object.entries(values)
    return { value: meaningAnswer(values), label: valueName(field as FieldName, value, text) }
  }
  const optionsFor = (field: FieldName): SelectOption[] => {
    const kind = fields[field]
    if (kind.kind === 'flag') return [option({ [field]: true })]
    if (kind.kind !== 'integer' || !(field in text.choices)) return []
    return Array.from({ length: kind.max - kind.min + 1 }, (_, i) =>
      option({ [field]: kind.min + i }),
    )
  }
  return groupedFields(isOffered)
    .map(({ group, fields }) => ({
      label: text.importing.groups[group],
      options: fields.flatMap(optionsFor),
    }))
    .filter(({ options }) => options.length > 0)
}

/** A meaning of several values, which the guesses know and the list does not. */
function joinedOption(answer: string, text: Strings): SelectOption[] {
  if (answer === '' || answer === nothing) return []
  const entries = Object.entries(JSON.parse(answer) as DayValues) as [FieldName, unknown][]
  if (entries.length < 2) return []
  const label = entries.map(([field, value]) => valueName(field, value, text)).join(' + ')
  return [{ value: answer, label }]
}

interface AnswersProps {
  readonly words: readonly string[]
  readonly draft: ColumnDraft
  /** What a word means cannot be left to the file. */
  readonly mustAnswer: boolean
  readonly fault: string | undefined
  change(answers: ColumnDraft['answers']): void
}

function Answers({ words, draft, mustAnswer, fault, change }: AnswersProps) {
  const text = useText()
  const { importing } = text
  const { use, answers } = draft
  const unsaid = use === manyWords ? importing.rest : importing.asItStands
  const unanswered = mustAnswer ? importing.choose : unsaid
  const optionsFor = (answer: string): (SelectOption | SelectGroup)[] => [
    { value: '', label: unanswered },
    { value: nothing, label: importing.nothing },
    ...(use === manyWords ? [...joinedOption(answer, text), ...meaningGroups(text)] : []),
    ...(isField(use) ? valueOptions(use, text) : []),
  ]
  return (
    <ul className="answers-of-words">
      {words.map((word) => {
        const answer = answers[word] ?? ''
        return (
          <li key={word}>
            <SelectField
              label={importing.wordLabel(word)}
              fault={answer === '' ? fault : undefined}
              value={answer}
              options={optionsFor(answer)}
              choose={(chosen) => change({ ...answers, [word]: chosen })}
            />
          </li>
        )
      })}
    </ul>
  )
}

interface ColumnFieldsProps {
  readonly column: CsvColumn
  readonly cells: readonly string[]
  readonly draft: ColumnDraft
  readonly fault: 'unit' | 'words' | undefined
  change(draft: ColumnDraft): void
}

export function ColumnFields({ column, cells, draft, fault, change }: ColumnFieldsProps) {
  const text = useText()
  const { importing } = text
  const { use, unit, rest } = draft
  const units = unitsOf(use)
  const words = hasAnswers(use) ? wordsToAnswer(use, cells) : []
  const counted = isCounted(column, use)
  const list = (
    <Answers
      words={words}
      draft={draft}
      mustAnswer={counted}
      fault={fault === 'words' ? importing.choose : undefined}
      change={(changed) => change({ ...draft, answers: changed })}
    />
  )
  return (
    <fieldset className="column-fields">
      <legend className="unseen">{importing.column(column.name)}</legend>
      <SelectField
        label={importing.column(column.name)}
        hint={importing.filled(importing.holds[column.kind], column.filled)}
        value={use}
        options={usesOf(text)}
        choose={(chosen) => change(withUse(draft, chosen as ColumnDraft['use']))}
      />
      {units.length > 0 && (
        <div className="input-group">
          <ChoiceChips<ColumnDraft['unit']>
            legend={importing.unit}
            options={units.map((value) => ({ value, label: value }))}
            value={unit}
            choose={(chosen) => change({ ...draft, unit: chosen })}
          />
          {fault === 'unit' && (
            <p className="fault">
              <Icon name="warning" />
              {importing.mappingFaults.unit}
            </p>
          )}
        </div>
      )}
      {counted && <p className="hint">{importing.wordsQuestion}</p>}
      {words.length > 0 &&
        (counted ? (
          list
        ) : (
          <div className="folds">
            <Fold title={importing.wordsLegend} holds={undefined}>
              {list}
            </Fold>
          </div>
        ))}
      {use === manyWords && (
        <ChoiceChips
          legend={importing.rest}
          options={optionsOf(importing.rests)}
          value={rest}
          choose={(chosen) => change({ ...draft, rest: chosen })}
        />
      )}
    </fieldset>
  )
}
