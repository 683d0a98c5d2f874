/** Turns whatever was thrown into the one error class. */
import { Problem } from '@selene/shapes'

/** Whatever was thrown as a problem; what is not one of ours is `server/unexpected`, with its cause kept. */
export const asProblem = (cause: unknown): Problem =>
  cause instanceof Problem ? cause : new Problem('server/unexpected', { cause })
