/** Time as the server sees it: milliseconds since 1970. Passed in, so that tests own it. */
export interface Clock {
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }
