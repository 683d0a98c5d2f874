import { useText } from '../../strings/language.tsx'
import { ChoiceChips } from '../../ui/chips.tsx'
import { Odd } from '../../ui/field.tsx'
import { useDayEdit } from './day-edit.tsx'

const answers = ['worked-out', 'begins', 'not-a-start'] as const
type Answer = (typeof answers)[number]

const valueOf: Record<Answer, boolean | null> = {
  'worked-out': null,
  begins: true,
  'not-a-start': false,
}

/** Her word on whether a cycle begins on this day, or none. */
export function CycleStartInput() {
  const { day } = useText()
  const { values, change } = useDayEdit()
  const said = values['cycle.start'] ?? null
  const isOdd = said === true && values['bleeding.value'] === undefined
  return (
    <div className="input-group">
      <ChoiceChips
        legend={day.cycleStart}
        options={answers.map((value) => ({ value, label: day.cycleStarts[value] }))}
        value={answers.find((answer) => valueOf[answer] === said) ?? 'worked-out'}
        choose={(answer) => change({ 'cycle.start': valueOf[answer] })}
      />
      <p className="hint">{day.cycleStartHint}</p>
      <Odd>{isOdd ? day.cycleStartOdd : undefined}</Odd>
    </div>
  )
}
