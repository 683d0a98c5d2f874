/** A screen: one heading, which takes the focus when the screen is entered from another one. */
import { useEffect, useRef, type ReactNode } from 'react'

interface ScreenProps {
  readonly title: string
  readonly name: string
  readonly children: ReactNode
}

export function Screen({ title, name, children }: ScreenProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    scrollTo(0, 0)
    if (document.activeElement !== document.body) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <div className={`screen screen-${name}`}>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </div>
  )
}
