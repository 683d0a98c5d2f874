/**
 * What can go wrong below Postgres. It is told to it as an errno, so these errors never reach an app;
 * what an app gets to know of the store as a whole are values (`open-pack.ts`).
 */

/**
 * `full`: no room on the device. `io`: the device failed. `damaged`: bytes that do not authenticate.
 * `closed`: the pack ended, by closing or by a commit that failed (B20). The others are those of POSIX.
 */
export type Fault =
  | 'full'
  | 'io'
  | 'damaged'
  | 'closed'
  | 'exists'
  | 'not-directory'
  | 'is-directory'
  | 'not-empty'
  | 'name-too-long'
  | 'too-large'
  | 'too-many-files'

const sayings: Record<Fault, string> = {
  full: 'there is no room on the device',
  io: 'the device failed',
  damaged: 'the bytes do not authenticate',
  closed: 'the pack is closed',
  exists: 'there is such a file already',
  'not-directory': 'this is no directory',
  'is-directory': 'this is a directory',
  'not-empty': 'the directory is not empty',
  'name-too-long': 'the name is too long',
  'too-large': 'the file would be too large',
  'too-many-files': 'there are too many files',
}

export interface FaultError extends Error {
  readonly fault: Fault
}

/** An error to throw; it names neither path nor content. */
export const faultError = (fault: Fault, cause?: unknown): FaultError =>
  Object.assign(new Error(sayings[fault], { cause }), { fault })

/** The fault an error stands for; `undefined` for what is none of ours. */
export function faultOf(error: unknown): Fault | undefined {
  if (!(error instanceof Error) || !('fault' in error)) return undefined
  const { fault } = error as FaultError
  return Object.hasOwn(sayings, fault) ? fault : undefined
}
