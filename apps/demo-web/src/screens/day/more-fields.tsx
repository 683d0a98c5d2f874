import { useText } from '../../strings/language.tsx'
import type { FlagField } from '../../strings/keys.ts'
import { ChoiceInput, FlagsInput, TextInput, TimeInput } from './inputs.tsx'

const products: readonly FlagField[] = [
  'bleeding.pad',
  'bleeding.tampon',
  'bleeding.underwear',
  'bleeding.cup',
  'bleeding.softTampon',
  'bleeding.disk',
  'bleeding.none',
  'bleeding.other',
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
  'sex.none',
  'sex.other',
]
const excluded: readonly FlagField[] = [
  'bleeding.exclude',
  'temperature.exclude',
  'mucus.exclude',
  'cervix.exclude',
]

/** All that few people log, behind one fold. */
export function MoreFields() {
  const { day } = useText()
  return (
    <details className="card more">
      <summary>{day.more}</summary>
      <div className="more-fields">
        <ChoiceInput field="desire.value" none={day.notLogged} />
        <FlagsInput legend={day.products} names={products} />
        <FlagsInput legend={day.sex} names={sex} />
        <div className="group" role="group" aria-label={day.cervix}>
          <h3>{day.cervix}</h3>
          <ChoiceInput field="cervix.opening" none={day.notLogged} />
          <ChoiceInput field="cervix.firmness" none={day.notLogged} />
          <ChoiceInput field="cervix.position" none={day.notLogged} />
        </div>
        <TimeInput />
        <FlagsInput legend={day.leaveOut} names={excluded} />
        <div className="group" role="group" aria-label={day.notes}>
          <h3>{day.notes}</h3>
          <TextInput field="bleeding.note" />
          <TextInput field="pain.note" />
          <TextInput field="mood.note" />
          <TextInput field="temperature.note" />
          <TextInput field="sex.note" />
        </div>
      </div>
    </details>
  )
}
