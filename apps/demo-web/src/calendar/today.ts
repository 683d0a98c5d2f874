/** Which day it is here, by this device's clock and time zone. */
import { civilDate, type CivilDate } from '@selene/client-sdk/calendar'
import { useEffect, useState } from 'react'

const pad = (n: number): string => String(n).padStart(2, '0')

function civilDateOf(moment: Date): CivilDate {
  const text = `${moment.getFullYear()}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`
  const date = civilDate(text)
  if (!date) throw new TypeError('this moment has no civil date')
  return date
}

/** Milliseconds since 1970, new every `everyMilliseconds` and whenever the page is seen again. */
export function useNow(everyMilliseconds = 20_000): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const look = (): void => setNow(Date.now())
    const timer = setInterval(look, everyMilliseconds)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [everyMilliseconds])
  return now
}

export const useToday = (): CivilDate => civilDateOf(new Date(useNow()))
