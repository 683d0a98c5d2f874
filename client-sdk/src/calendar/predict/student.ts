/** Student's t-distribution with 5 degrees of freedom: bell-shaped, with room for the odd long cycle. */

const root5 = Math.sqrt(5)

/**
 * Probability that a standard t-variable with 5 degrees of freedom is at most `z`, in closed form:
 * ½ + (t + sin t cos t (1 + ⅔ cos² t)) / π with t = atan(z / √5) (Abramowitz and Stegun 26.7.3).
 */
export function t5Below(z: number): number {
  const tangent = z / root5
  const cosine2 = 1 / (1 + tangent * tangent)
  return 0.5 + (Math.atan(tangent) + tangent * cosine2 * (1 + (2 / 3) * cosine2)) / Math.PI
}
