/** All that few people log each day: folds by subject, open where something is logged. */
import type { FieldName } from '@selene/client-sdk/calendar'
import type { ReactNode } from 'react'
import type { FlagField } from '../../strings/keys.ts'
import { useText } from '../../strings/language.tsx'
import { Fold } from '../../ui/fold.tsx'
import { Section } from '../../ui/section.tsx'
import { CycleStartInput } from './cycle-start-input.tsx'
import { useDayEdit } from './day-edit.tsx'
import { ChoiceInput, FlagsInput, TextInput } from './inputs.tsx'
import { MeasureInput } from './measure-input.tsx'
import { WordsInput } from './words-input.tsx'

const products: readonly FlagField[] = [
  'bleeding.pad',
  'bleeding.tampon',
  'bleeding.underwear',
  'bleeding.cup',
  'bleeding.softTampon',
  'bleeding.disk',
  'bleeding.other',
  'bleeding.none',
]
const sex: readonly FlagField[] = [
  'sex.solo',
  'sex.partner',
  'sex.condom',
  'sex.pill',
  'sex.iud',
  'sex.patch',
  'sex.ring',
  'sex.implant',
  'sex.diaphragm',
  'sex.other',
  'sex.none',
]
const cervix = ['cervix.opening', 'cervix.firmness', 'cervix.position'] as const
const excluded: readonly FlagField[] = [
  'bleeding.exclude',
  'temperature.exclude',
  'mucus.exclude',
  'cervix.exclude',
]
const notes = ['bleeding.note', 'pain.note', 'mood.note', 'temperature.note', 'sex.note'] as const

interface FieldsFoldProps {
  readonly title: string
  readonly fields: readonly FieldName[]
  readonly children: ReactNode
}

function FieldsFold({ title, fields, children }: FieldsFoldProps) {
  const { day } = useText()
  const { values } = useDayEdit()
  const holds = fields.some((field) => values[field] !== undefined)
  return (
    <Fold title={title} holds={holds ? day.holds : undefined}>
      {children}
    </Fold>
  )
}

function CycleFold() {
  const { day } = useText()
  return (
    <FieldsFold title={day.cycle} fields={['cycle.start', 'cycle.exclude', ...excluded]}>
      <CycleStartInput />
      <div className="input-group">
        <FlagsInput legend={day.cycleExclude} names={['cycle.exclude']} />
        <p className="hint">{day.cycleExcludeHint}</p>
      </div>
      <FlagsInput legend={day.leaveOut} names={excluded} />
    </FieldsFold>
  )
}

export function MoreFields() {
  const { day } = useText()
  return (
    <Section title={day.more}>
      <div className="folds">
        <FieldsFold title={day.symptoms} fields={['symptom.tags', 'medication.taken']}>
          <WordsInput field="symptom.tags" />
          <WordsInput field="medication.taken" />
        </FieldsFold>
        <FieldsFold title={day.sleep} fields={['sleep.hours', 'sleep.quality', 'weight.value']}>
          <MeasureInput field="sleep.hours" />
          <ChoiceInput field="sleep.quality" />
          <MeasureInput field="weight.value" />
        </FieldsFold>
        <FieldsFold title={day.tests} fields={['ovulationTest.result', 'pregnancyTest.result']}>
          <ChoiceInput field="ovulationTest.result" />
          <ChoiceInput field="pregnancyTest.result" />
        </FieldsFold>
        <FieldsFold title={day.products} fields={products}>
          <FlagsInput legend={day.products} hideLegend names={products} none="bleeding.none" />
        </FieldsFold>
        <FieldsFold title={day.intimacy} fields={['desire.value', ...sex]}>
          <ChoiceInput field="desire.value" />
          <FlagsInput legend={day.sex} names={sex} none="sex.none" />
        </FieldsFold>
        <FieldsFold title={day.cervix} fields={cervix}>
          {cervix.map((field) => (
            <ChoiceInput key={field} field={field} />
          ))}
        </FieldsFold>
        <CycleFold />
        <FieldsFold title={day.notes} fields={notes}>
          {notes.map((field) => (
            <TextInput key={field} field={field} />
          ))}
        </FieldsFold>
      </div>
    </Section>
  )
}
