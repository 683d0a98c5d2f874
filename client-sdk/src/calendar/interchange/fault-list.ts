/**
 * Collects what was not imported as it stands, within bounds: in a file of ten million broken rows the
 * first ten thousand say all there is to say.
 */
import type { FaultReason, FilePlace, ImportFault } from './import-fault.ts'

const maxListed = 10_000

export interface FaultList {
  add(place: FilePlace, reason: FaultReason): void
  /** In the order in which they were added; the last one counts those that are not listed. */
  list(): ImportFault[]
}

/** An empty list. */
export function createFaultList(): FaultList {
  const faults: ImportFault[] = []
  let unlisted = 0
  return {
    add(place, reason) {
      if (faults.length < maxListed) faults.push({ ...place, ...reason })
      else unlisted += 1
    },
    list: () => (unlisted > 0 ? [...faults, { code: 'not-listed', count: unlisted }] : [...faults]),
  }
}
