/** Copies a text and says so. */
import { useEffect, useState } from 'react'
import { useText } from '../strings/language.tsx'
import { useAnnouncer } from './announcer.tsx'

const shownMilliseconds = 3000

export function CopyButton({ value }: { value: string }) {
  const { app } = useText()
  const announcer = useAnnouncer()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), shownMilliseconds)
    return () => clearTimeout(timer)
  }, [copied])

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(value)
    setCopied(true)
    announcer.polite(app.copied)
  }

  return (
    <button
      type="button"
      className="button"
      onClick={() => {
        void copy()
      }}
    >
      {copied ? app.copied : app.copy}
    </button>
  )
}
