import {
  autoLocks,
  chooseAutoLock,
  useAutoLockChoice,
  type AutoLock,
} from '../../lock/auto-lock.ts'
import { useText } from '../../strings/language.tsx'
import { ChoiceChips } from '../../ui/chips.tsx'
import { Section } from '../../ui/section.tsx'

/** After how long the diary locks by itself. */
export function AutoSection() {
  const { lock } = useText()
  const choice = useAutoLockChoice()
  return (
    <Section title={lock.autoTitle}>
      <ChoiceChips
        legend={lock.auto}
        options={(Object.keys(autoLocks) as AutoLock[]).map((value) => ({
          value,
          label: lock.autos[value],
        }))}
        value={choice}
        choose={chooseAutoLock}
      />
      <p className="hint">{lock.autoHint}</p>
    </Section>
  )
}
