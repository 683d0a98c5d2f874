/** Tells the worker that the page goes out of sight and may not come back; a worker does not see that itself. */
import { useEffect } from 'react'
import { useCalls } from '../backend/use-backend.tsx'

export function useHiddenTold(): void {
  const calls = useCalls()
  useEffect(() => {
    function look(): void {
      // What cannot be told now is told by the next hour.
      if (document.visibilityState === 'hidden') calls.hidden().catch(() => {})
    }
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [calls])
}
