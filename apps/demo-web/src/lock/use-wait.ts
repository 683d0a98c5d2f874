/** The wait after too many attempts, counted down by the second. */
import { useEffect, useState } from 'react'
import type { Fault } from '../worker/fault.ts'

const second = 1_000

/** Seconds until the next attempt, 0 when it may be made. */
export function useWait(fault: Fault | undefined): number {
  const [left, setLeft] = useState(0)
  useEffect(() => {
    const seconds = fault?.code === 'store/attempts' ? (fault.retryAfterSeconds ?? 0) : 0
    setLeft(seconds)
    if (seconds === 0) return
    const end = Date.now() + seconds * second
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((end - Date.now()) / second))
      setLeft(now)
      if (now === 0) clearInterval(timer)
    }, second)
    return () => clearInterval(timer)
  }, [fault])
  return left
}

const pad = (n: number): string => String(n).padStart(2, '0')

/** As minutes and seconds: 0:30, 12:05. */
export const waitText = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${pad(seconds % 60)}`
