/** Press and hold as a state machine: only a press that lasts counts. Pure; time comes in from outside. */

export type HoldState =
  | { readonly state: 'idle' }
  | { readonly state: 'holding'; readonly since: number }
  | { readonly state: 'done' }

export type HoldEvent =
  | { readonly event: 'press'; readonly at: number }
  | { readonly event: 'release'; readonly at: number }
  /** Time has passed. */
  | { readonly event: 'tick'; readonly at: number }
  /** The pointer or the focus went elsewhere. */
  | { readonly event: 'abort' }

/** How long a hold lasts, in milliseconds. */
export const holdMilliseconds = 1500

const idle: HoldState = { state: 'idle' }
const done: HoldState = { state: 'done' }

/** After a finished hold the next press begins a new one. */
export function nextHold(now: HoldState, event: HoldEvent): HoldState {
  if (event.event === 'abort') return now.state === 'holding' ? idle : now
  // A key that is held down presses again and again.
  if (event.event === 'press')
    return now.state === 'holding' ? now : { state: 'holding', since: event.at }
  if (now.state !== 'holding') return now
  if (event.at - now.since >= holdMilliseconds) return done
  return event.event === 'release' ? idle : now
}
