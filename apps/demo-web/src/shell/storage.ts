/** Whether the browser may clear the diary by itself when space runs short, and asking it not to. */
import { useEffect, useState } from 'react'

let asked = false

/** Asks once, after she has written something worth keeping; the browser decides. */
export async function keepStorage(): Promise<void> {
  if (asked || !('storage' in navigator)) return
  asked = true
  if (!(await navigator.storage.persisted())) await navigator.storage.persist()
}

/** `undefined` while it is not known. */
export function useStorageKept(): boolean | undefined {
  const [isKept, setKept] = useState<boolean>()
  useEffect(() => {
    let gone = false
    async function look(): Promise<void> {
      const persisted = await navigator.storage.persisted()
      if (!gone) setKept(persisted)
    }
    void look()
    return () => {
      gone = true
    }
  }, [])
  return isKept
}
