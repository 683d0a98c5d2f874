/** The day that a week begins with: her choice, else what is usual where her language is spoken. */
import type { Settings } from '@selene/client-sdk'
import { useValue } from '../backend/use-backend.tsx'
import { useLanguage } from '../strings/language.tsx'
import { firstWeekdayOf } from './month-grid.ts'

const weekdays: Readonly<Record<NonNullable<Settings['weekStart']>, number>> = {
  monday: 1,
  saturday: 6,
  sunday: 7,
}

/** Monday 1 to Sunday 7. */
export function useFirstWeekday(): number {
  const { locale } = useLanguage()
  const chosen = useValue('settings')?.weekStart
  return chosen ? weekdays[chosen] : firstWeekdayOf(locale)
}
