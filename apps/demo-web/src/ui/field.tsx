/** A labelled input with hint and fault tied to it. */
import { useId, type InputHTMLAttributes, type Ref } from 'react'
import { Icon } from './icon.tsx'

interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'id'> {
  readonly label: string
  /** The title above says it already. */
  readonly hideLabel?: boolean
  readonly hint?: string | undefined
  readonly fault?: string | undefined
  /** A second look is asked for; nothing is wrong. */
  readonly odd?: string | undefined
  readonly ref?: Ref<HTMLInputElement>
}

/** Hint, fault and oddity below an input, with the id that describes it. */
export function Description(props: {
  id: string
  hint?: string | undefined
  fault?: string | undefined
  odd?: string | undefined
}) {
  const { id, hint, fault, odd } = props
  return (
    <span id={id} className="description">
      {hint !== undefined && <span className="hint">{hint}</span>}
      <span aria-live="polite">
        {fault !== undefined && (
          <span className="fault">
            <Icon name="warning" />
            {fault}
          </span>
        )}
        {odd !== undefined && fault === undefined && <OddLine>{odd}</OddLine>}
      </span>
    </span>
  )
}

function OddLine({ children }: { children: string }) {
  return (
    <span className="odd">
      <Icon name="warning" />
      {children}
    </span>
  )
}

/** An oddity of several inputs together, said when it comes. */
export function Odd({ children }: { children: string | undefined }) {
  return (
    <div className="oddity" aria-live="polite">
      {children !== undefined && <OddLine>{children}</OddLine>}
    </div>
  )
}

export function Field({ label, hideLabel = false, hint, fault, odd, ref, ...input }: FieldProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id} className={hideLabel ? 'unseen' : undefined}>
        {label}
      </label>
      <input
        {...input}
        ref={ref}
        id={id}
        aria-describedby={`${id}-d`}
        aria-invalid={fault !== undefined}
      />
      <Description id={`${id}-d`} hint={hint} fault={fault} odd={odd} />
    </div>
  )
}
