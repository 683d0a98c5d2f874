/** That she keeps the diary on this device after its vault has ended; it is asked once. */
import { useSyncExternalStore } from 'react'

const storageKey = 'notes.kept'
const changed = new EventTarget()

const read = (): boolean => localStorage.getItem(storageKey) === 'yes'

function subscribe(told: () => void): () => void {
  changed.addEventListener('change', told)
  // Said in another tab.
  addEventListener('storage', told)
  return () => {
    changed.removeEventListener('change', told)
    removeEventListener('storage', told)
  }
}

export const useIsKept = (): boolean => useSyncExternalStore(subscribe, read)

export function keep(): void {
  localStorage.setItem(storageKey, 'yes')
  changed.dispatchEvent(new Event('change'))
}

/** Another diary begins. */
export function forgetKept(): void {
  localStorage.removeItem(storageKey)
  changed.dispatchEvent(new Event('change'))
}
