/** Refused changes together with what they wrote. */
import { useEffect, useState } from 'react'
import { useCalls, useLive } from '../../backend/use-backend.tsx'
import type { Refused } from './aside-file.ts'

/** `undefined` until all have been looked into. */
export function useRefused(): readonly Refused[] | undefined {
  const calls = useCalls()
  const live = useLive('setAside')
  const list = live.status === 'ready' ? live.value : undefined
  const [refused, setRefused] = useState<readonly Refused[]>()
  useEffect(() => {
    if (!list) return
    let isGone = false
    async function look(): Promise<void> {
      const read = await Promise.all(
        list!.map(async (entry) => ({ entry, content: await calls.readSetAside(entry.opId) })),
      )
      // One that has gone meanwhile is not shown.
      const there = read.flatMap(({ entry, content }) => (content ? [{ entry, content }] : []))
      if (!isGone) setRefused(there)
    }
    // What cannot be looked into is listed all the same, with what is known of it.
    look().catch(() => {
      if (!isGone) setRefused(list.map((entry) => ({ entry, content: { days: [] } })))
    })
    return () => {
      isGone = true
    }
  }, [calls, list])
  return refused
}
