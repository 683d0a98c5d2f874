/** Whole days until a moment, begun ones counted; none once it has come. Pure. */
const dayMilliseconds = 86_400_000

export const daysLeft = (until: number, now: number): number =>
  Math.max(0, Math.ceil((until - now) / dayMilliseconds))
