/** A titled part of a screen. */
import { useEffect, useId, useRef, type ReactNode } from 'react'

interface SectionProps {
  readonly title: string
  readonly lead?: string | undefined
  readonly tone?: 'plain' | 'quiet' | 'alarm'
  /** It has come in answer to something she did: she is led to it. */
  readonly arrives?: boolean
  readonly children?: ReactNode
}

export function Section({ title, lead, tone = 'plain', arrives = false, children }: SectionProps) {
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (arrives) heading.current?.focus()
  }, [arrives])
  return (
    <section className={`card card-${tone}`} aria-labelledby={id}>
      <h2 id={id} ref={heading} {...(arrives && { tabIndex: -1 })}>
        {title}
      </h2>
      {lead !== undefined && <p className="lead">{lead}</p>}
      {children}
    </section>
  )
}
