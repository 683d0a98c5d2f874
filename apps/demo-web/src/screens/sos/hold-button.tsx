/** A button that acts only when held, by pointer or by key. */
import { useEffect, useReducer, useRef, type KeyboardEvent } from 'react'
import { holdMilliseconds, nextHold } from '../../sos/hold.ts'
import { useText } from '../../strings/language.tsx'

interface HoldButtonProps {
  readonly disabled: boolean
  /** The first touch: a gesture after which the browser may be asked for the position. */
  pressed(): void
  /** Let go too early. */
  released(): void
  held(): void
}

const isHoldKey = ({ key }: KeyboardEvent): boolean => key === ' ' || key === 'Enter'

export function HoldButton({ disabled, pressed, released, held }: HoldButtonProps) {
  const { sos } = useText()
  const [hold, dispatch] = useReducer(nextHold, { state: 'idle' })
  const isHolding = hold.state === 'holding'
  const act = useRef({ released, held })
  useEffect(() => {
    act.current = { released, held }
  })

  useEffect(() => {
    if (!isHolding) return
    const timer = setTimeout(
      () => dispatch({ event: 'tick', at: performance.now() }),
      holdMilliseconds,
    )
    return () => clearTimeout(timer)
  }, [isHolding])

  const before = useRef(hold.state)
  useEffect(() => {
    if (hold.state === 'done' && before.current !== 'done') {
      navigator.vibrate?.(200)
      act.current.held()
    }
    if (hold.state === 'idle' && before.current === 'holding') act.current.released()
    before.current = hold.state
  }, [hold.state])

  function press(): void {
    if (disabled) return
    if (!isHolding) pressed()
    dispatch({ event: 'press', at: performance.now() })
  }
  const release = (): void => dispatch({ event: 'release', at: performance.now() })
  const abort = (): void => dispatch({ event: 'abort' })

  return (
    <button
      type="button"
      className="hold"
      data-holding={isHolding}
      aria-describedby="hold-hint"
      aria-disabled={disabled}
      onPointerDown={(event) => {
        if (event.button === 0) press()
      }}
      onPointerUp={release}
      onPointerLeave={abort}
      onPointerCancel={abort}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (!isHoldKey(event)) return
        event.preventDefault()
        press()
      }}
      onKeyUp={(event) => {
        if (isHoldKey(event)) release()
      }}
      onBlur={abort}
    >
      <span className="hold-fill" aria-hidden="true" />
      <span className="hold-word">{isHolding ? sos.holding : sos.hold}</span>
    </button>
  )
}
