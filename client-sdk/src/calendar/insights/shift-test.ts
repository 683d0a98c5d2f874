/**
 * An exact test of whether marked days gather in one part of a cycle. Were a symptom blind to the
 * cycle, its days could as well stand a few days earlier or later: every cycle's marks are turned
 * round through all its n positions, each as likely as the other, and the hits of all cycles are
 * added up by convolution. No draw is made and no shape is assumed. A symptom that lasts for days
 * keeps its lasting when it is turned, so that one long headache is not taken for many: a test that
 * takes days for independent (Fisher's, the binomial) would see patterns where there is none.
 */

/** The days of one cycle. */
export interface ShiftCycle {
  /** For each day, whether it lies in the part that is asked about. */
  readonly inside: readonly boolean[]
  /** Indices of the marked days. */
  readonly marks: readonly number[]
}

/** P(hits ≥ those seen), if the marks of every cycle were turned by chance. 1 when nothing is marked. */
export function chanceOfHits(cycles: readonly ShiftCycle[]): number {
  let seen = 0
  let total: Float64Array = Float64Array.of(1)
  for (const cycle of cycles) {
    if (cycle.marks.length === 0) continue
    const hits = hitsByTurn(cycle)
    seen += hits[0]!
    total = added(total, distribution(hits))
  }
  return Math.min(
    1,
    total.subarray(seen).reduce((sum, chance) => sum + chance, 0),
  )
}

/** Marked days inside after turning the marks by 0, 1, … days. */
function hitsByTurn({ inside, marks }: ShiftCycle): Uint16Array {
  const hits = new Uint16Array(inside.length)
  for (let turn = 0; turn < inside.length; turn += 1)
    for (const mark of marks) if (inside[(mark + turn) % inside.length]) hits[turn]! += 1
  return hits
}

function distribution(hits: Uint16Array): Float64Array {
  const chances = new Float64Array(hits.reduce((most, count) => Math.max(most, count), 0) + 1)
  for (const count of hits) chances[count]! += 1 / hits.length
  return chances
}

/** Distribution of the sum of two independent counts. */
function added(a: Float64Array, b: Float64Array): Float64Array {
  const sum = new Float64Array(a.length + b.length - 1)
  for (let i = 0; i < a.length; i += 1)
    for (let j = 0; j < b.length; j += 1) sum[i + j]! += a[i]! * b[j]!
  return sum
}
