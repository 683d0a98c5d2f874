/** Whether the browser may clear the diary by itself when space runs short, and asking it not to. */
import { useSyncExternalStore } from 'react'

const changed = new EventTarget()
let isKept: boolean | undefined
let asked = false

function note(next: boolean): void {
  isKept = next
  changed.dispatchEvent(new Event('change'))
}

/** Asks the browser, which decides, or asks her; says whether it will keep what is stored. */
export async function askToKeepStorage(): Promise<boolean> {
  const kept = (await navigator.storage.persisted()) || (await navigator.storage.persist())
  note(kept)
  return kept
}

/** Asks once, after she has written something worth keeping. */
export async function keepStorage(): Promise<void> {
  if (asked || !('storage' in navigator)) return
  asked = true
  await askToKeepStorage()
}

function subscribe(told: () => void): () => void {
  changed.addEventListener('change', told)
  if (isKept === undefined) navigator.storage.persisted().then(note, () => {})
  return () => changed.removeEventListener('change', told)
}

/** `undefined` while it is not known. */
export const useStorageKept = (): boolean | undefined =>
  useSyncExternalStore(subscribe, () => isKept)
