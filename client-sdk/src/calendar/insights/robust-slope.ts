/**
 * A trend that outliers do not make and chance seldom does: the slope of Theil and Sen (the median of
 * all slopes between two points), asked for only if the rank test of Mann and Kendall finds one:
 * S = Σ sgn(yⱼ − yᵢ) over i < j, var S = (n(n−1)(2n+5) − Σ t(t−1)(2t+5)) / 18 over ties of t values,
 * z = (|S| − 1) / √var S.
 */
import { medianOf } from '../statistics.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** |z| that chance exceeds once in a hundred times, both directions taken together. */
const significant = 2.576

/** Slope of y per unit of x, or `undefined` where chance would do. The x are different and ascending. */
export function robustSlope(points: readonly Point[]): number | undefined {
  const slopes: number[] = []
  let s = 0
  for (const [i, a] of points.entries())
    for (const b of points.slice(i + 1)) {
      slopes.push((b.y - a.y) / (b.x - a.x))
      s += Math.sign(b.y - a.y)
    }
  const deviation = Math.sqrt(variance(points.map(({ y }) => y)))
  return Math.abs(s) - 1 >= significant * deviation && s !== 0 ? medianOf(slopes) : undefined
}

function variance(values: readonly number[]): number {
  const ties = new Map<number, number>()
  for (const value of values) ties.set(value, (ties.get(value) ?? 0) + 1)
  return [...ties.values()].reduce((rest, t) => rest - term(t), term(values.length)) / 18
}

const term = (n: number): number => n * (n - 1) * (2 * n + 5)
