/** After how long without a touch the diary locks, kept on this device; and telling the worker that she is there. */
import { useEffect, useSyncExternalStore } from 'react'
import { useCalls } from '../backend/use-backend.tsx'

export const autoLocks = { '1': 60, '5': 300, '15': 900, never: null } as const
export type AutoLock = keyof typeof autoLocks

const storageKey = 'notes.auto-lock'
const usual: AutoLock = '5'
const changed = new EventTarget()

const isAutoLock = (text: string | null): text is AutoLock =>
  text !== null && Object.hasOwn(autoLocks, text)

function read(): AutoLock {
  const chosen = localStorage.getItem(storageKey)
  return isAutoLock(chosen) ? chosen : usual
}

function subscribe(told: () => void): () => void {
  changed.addEventListener('change', told)
  // Chosen in another tab.
  addEventListener('storage', told)
  return () => {
    changed.removeEventListener('change', told)
    removeEventListener('storage', told)
  }
}

export function chooseAutoLock(next: AutoLock): void {
  localStorage.setItem(storageKey, next)
  changed.dispatchEvent(new Event('change'))
}

export const useAutoLockChoice = (): AutoLock => useSyncExternalStore(subscribe, read)

/** Touches are told at most as often. */
const touchMilliseconds = 5_000
const signs = ['pointerdown', 'keydown', 'wheel'] as const

/** @param isOpen Whether there is an open diary that has a lock. */
export function useAutoLock(isOpen: boolean): void {
  const calls = useCalls()
  const choice = useAutoLockChoice()

  useEffect(() => {
    // What cannot be set now is set when the diary opens the next time.
    if (isOpen) calls.setAutoLock(autoLocks[choice]).catch(() => {})
  }, [calls, isOpen, choice])

  useEffect(() => {
    if (!isOpen) return
    let last = 0
    function touch(): void {
      const now = performance.now()
      if (now - last < touchMilliseconds) return
      last = now
      calls.touch().catch(() => {})
    }
    // After a sleep the worker's timer is late: what is overdue is noticed as soon as the page is seen.
    function seen(): void {
      if (document.visibilityState === 'visible') calls.touch().catch(() => {})
    }
    for (const sign of signs) addEventListener(sign, touch, { passive: true, capture: true })
    document.addEventListener('visibilitychange', seen)
    return () => {
      for (const sign of signs) removeEventListener(sign, touch, { capture: true })
      document.removeEventListener('visibilitychange', seen)
    }
  }, [calls, isOpen])
}
