/** Says things to screen readers: politely, or at once where somebody's safety depends on it. */
import { createContext, use, useMemo, useState, type ReactNode } from 'react'

interface Announcer {
  polite(text: string): void
  urgent(text: string): void
}

const AnnouncerContext = createContext<Announcer | undefined>(undefined)

/** An unseen change makes the same words count as new. */
const spoken = (text: string, before: string): string => (text === before ? `${text}\u00A0` : text)

export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [polite, setPolite] = useState('')
  const [urgent, setUrgent] = useState('')
  const announcer = useMemo(
    () => ({
      polite: (text: string) => setPolite((before) => spoken(text, before)),
      urgent: (text: string) => setUrgent((before) => spoken(text, before)),
    }),
    [],
  )
  return (
    <AnnouncerContext value={announcer}>
      {children}
      <p className="unseen" role="status" aria-live="polite">
        {polite}
      </p>
      <p className="unseen" role="alert" aria-live="assertive">
        {urgent}
      </p>
    </AnnouncerContext>
  )
}

export function useAnnouncer(): Announcer {
  const announcer = use(AnnouncerContext)
  if (!announcer) throw new TypeError('no announcer above this component')
  return announcer
}
