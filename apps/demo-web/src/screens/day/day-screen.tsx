/** One day: a few taps for what is logged most, the rest behind a fold. */
import {
  addDays,
  compare,
  daysBetween,
  isCivilDate,
  type CivilDate,
} from '@selene/client-sdk/calendar'
import { useValue } from '../../backend/use-backend.tsx'
import { cycleOn } from '../../calendar/cycle-of.ts'
import { useToday } from '../../calendar/today.ts'
import type { FlagField } from '../../strings/keys.ts'
import { useLanguage, useText } from '../../strings/language.tsx'
import { dateText } from '../../strings/moment.ts'
import { faultText } from '../../ui/fault-note.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Section } from '../../ui/section.tsx'
import { Link, useRouting } from '../../use-route.tsx'
import { DayEditProvider, useDayEdit } from './day-edit.tsx'
import { ChoiceInput, FlagsInput, TimeInput } from './inputs.tsx'
import { MeasureInput } from './measure-input.tsx'
import { MoreFields } from './more-fields.tsx'
import { NoteInput } from './note-input.tsx'
import { UndoButton } from './undo-button.tsx'
import { Welcome } from './welcome.tsx'

const pain: readonly FlagField[] = [
  'pain.cramps',
  'pain.headache',
  'pain.backache',
  'pain.nausea',
  'pain.tenderBreasts',
  'pain.migraine',
  'pain.ovulationPain',
  'pain.other',
]
const mood: readonly FlagField[] = [
  'mood.happy',
  'mood.fine',
  'mood.balanced',
  'mood.energetic',
  'mood.fatigue',
  'mood.sad',
  'mood.stressed',
  'mood.anxious',
  'mood.angry',
  'mood.other',
]
/** Marks of bleeding by strength; they differ in shape, not in colour alone. */
export const bleedingMarks = ['mark-0', 'mark-1', 'mark-2', 'mark-3'] as const

function DayPicker({ date, today }: { date: CivilDate; today: CivilDate }) {
  const { day } = useText()
  const { go } = useRouting()
  return (
    <div className="day-picker">
      <Link
        to={{ name: 'day', date: addDays(date, -1) }}
        className="button button-icon"
        aria-label={day.previous}
      >
        <Icon name="previous" />
      </Link>
      <input
        type="date"
        aria-label={day.pick}
        value={date}
        onChange={(event) => {
          const { value } = event.target
          if (isCivilDate(value)) go({ name: 'day', date: value })
        }}
      />
      <Link
        to={{ name: 'day', date: addDays(date, 1) }}
        className="button button-icon"
        aria-label={day.next}
      >
        <Icon name="next" />
      </Link>
      {date !== today && (
        <Link to={{ name: 'day' }} className="button">
          {day.backToToday}
        </Link>
      )}
    </div>
  )
}

/** Which day of which cycle it is, for a day that has come. */
function CycleLink({ date, today }: { date: CivilDate; today: CivilDate }) {
  const { forecast } = useText()
  const history = useValue('cycles')
  const cycle = history && date <= today ? cycleOn(history.cycles, date) : undefined
  if (!cycle) return null
  const day = daysBetween(cycle.start, date) + 1
  return (
    <Link to={{ name: 'cycle', start: cycle.start }} className="onward">
      {cycle.length === undefined ? forecast.cycleDay(day) : forecast.ofCycle(day)}
      <Icon name="next" />
    </Link>
  )
}

function SaveNote() {
  const text = useText()
  const { saved } = useDayEdit()
  if (saved.state === 'failed')
    return (
      <p className="save-note save-note-bad">
        <Icon name="warning" />
        {text.day.notSaved}. {faultText(saved.fault, text)}
      </p>
    )
  return (
    <p className="save-note" data-state={saved.state} aria-hidden="true">
      <Icon name="check" />
      {text.day.saved}
    </p>
  )
}

/** Each subject asks for more once there is something to say more about. */
function DayForm() {
  const { day } = useText()
  const { ready, values } = useDayEdit()
  // Without her units a number would be read in another one.
  const isReady = useValue('profile') !== undefined && ready
  const has = (...names: readonly (keyof typeof values)[]): boolean =>
    names.some((name) => values[name] !== undefined)
  return (
    <fieldset className="day-form" disabled={!isReady} aria-busy={!isReady}>
      <Section title={day.bleeding}>
        <ChoiceInput
          field="bleeding.value"
          none={day.noBleeding}
          hideLegend
          marks={bleedingMarks}
        />
        {has('bleeding.value', 'bleeding.interferes') && (
          <FlagsInput legend={day.bleeding} names={['bleeding.interferes']} hideLegend />
        )}
      </Section>
      <Section title={day.pain}>
        <FlagsInput legend={day.pain} names={pain} hideLegend />
        {has('pain.strength', ...pain) && <ChoiceInput field="pain.strength" />}
      </Section>
      <Section title={day.mood}>
        <FlagsInput legend={day.mood} names={mood} hideLegend />
      </Section>
      <Section title={day.temperature}>
        <MeasureInput field="temperature.value" hideLabel />
        {has('temperature.value', 'temperature.time') && <TimeInput />}
      </Section>
      <Section title={day.mucus}>
        <ChoiceInput field="mucus.feeling" />
        <ChoiceInput field="mucus.texture" />
      </Section>
      <Section title={day.note}>
        <NoteInput />
      </Section>
      <MoreFields />
    </fieldset>
  )
}

export function DayScreen(props: { date?: CivilDate }) {
  const text = useText()
  const { locale } = useLanguage()
  const today = useToday()
  const date = props.date ?? today
  const title = dateText(date, locale, { weekday: 'long', day: 'numeric', month: 'long' })
  return (
    <Screen name="day" title={date === today ? `${text.app.today}, ${title}` : title}>
      <DayPicker date={date} today={today} />
      <CycleLink date={date} today={today} />
      {date === today && <Welcome />}
      {compare(date, today) > 0 && <p className="note">{text.day.future}</p>}
      <DayEditProvider key={date} date={date}>
        <SaveNote />
        <DayForm />
      </DayEditProvider>
      <UndoButton date={date} />
      <p className="small">{text.day.notContraception}</p>
    </Screen>
  )
}
