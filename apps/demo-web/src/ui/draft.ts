/**
 * Text that is being typed. It is saved when typing rests and when the input is left, and at the latest
 * when the screen is; what other devices write shows as long as nobody types here.
 */
import { useEffect, useRef, useState } from 'react'

const restMilliseconds = 700

export interface Draft {
  readonly text: string
  /** Whether the person has paused or gone on, so that a fault may be shown. */
  readonly settled: boolean
  type(text: string): void
  /** The input is left. */
  leave(): void
}

interface DraftOptions {
  readonly stored: string
  /** Takes the text if it can be saved; whatever cannot stays in the input. */
  save(text: string): void
  /** Whether two texts say the same; equal ones do unless it is given. */
  isSame?(typed: string, stored: string): boolean
}

const areEqual = (typed: string, stored: string): boolean => typed === stored

export function useDraft({ stored, save, isSame = areEqual }: DraftOptions): Draft {
  const [draft, setDraft] = useState<{ text: string; settled: boolean }>()
  const latest = useRef({ draft, stored, save, isSame })
  useEffect(() => {
    latest.current = { draft, stored, save, isSame }
  })

  function flush(): void {
    const { draft, stored, save, isSame } = latest.current
    if (draft && !isSame(draft.text, stored)) save(draft.text)
  }

  const text = draft?.text
  useEffect(() => {
    if (text === undefined) return
    const timer = setTimeout(flush, restMilliseconds)
    return () => clearTimeout(timer)
  }, [text])
  useEffect(() => {
    // A page that is put aside may never come back.
    document.addEventListener('visibilitychange', flush)
    return () => {
      document.removeEventListener('visibilitychange', flush)
      flush()
    }
  }, [])
  // What was typed has been stored: from here on the stored text counts.
  useEffect(() => {
    const { isSame } = latest.current
    setDraft((now) => (now?.settled && isSame(now.text, stored) ? undefined : now))
  }, [stored, draft?.settled])

  return {
    text: draft?.text ?? stored,
    settled: draft?.settled ?? true,
    type: (next) => setDraft({ text: next, settled: false }),
    leave() {
      flush()
      setDraft((now) => now && { ...now, settled: true })
    },
  }
}
