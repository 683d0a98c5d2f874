/** A part of a list that opens: closed while it holds nothing, and it says when it holds something. */
import { useState, type ReactNode } from 'react'
import { Icon } from './icon.tsx'

interface FoldProps {
  readonly title: string
  /** In words that it holds something, which opens it at first; absent while it does not. */
  readonly holds: string | undefined
  readonly children: ReactNode
}

export function Fold({ title, holds, children }: FoldProps) {
  // It goes on being open when what it held is cleared under her hands.
  const [chosen, setChosen] = useState<boolean>()
  const isOpen = chosen ?? holds !== undefined
  return (
    <details
      className="fold"
      open={isOpen}
      onToggle={(event) => setChosen(event.currentTarget.open)}
    >
      <summary>
        <span className="grow">{title}</span>
        {holds !== undefined && (
          <span className="holds">
            <Icon name="check" />
            <span className="unseen">{holds}</span>
          </span>
        )}
        <Icon name="next" />
      </summary>
      {isOpen && <div className="fold-content">{children}</div>}
    </details>
  )
}
