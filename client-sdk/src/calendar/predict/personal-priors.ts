/** Priors for what a person says of herself: her age, whether she is regular, and perimenopause. */
import { populationPriors, type LengthPriors } from './priors.ts'

/** What she says of herself; all of it may be left unsaid. */
export interface Person {
  /** Years. */
  readonly age?: number
  readonly regularity?: 'regular' | 'irregular'
}

/**
 * Typical length, days, and spread relative to that of all, for ages below `under`: Li et al. 2023,
 * 165,668 cycles. Spread is least between 35 and 39, 46 % greater under 20, 45 % from 45 on, and three
 * times as great from 50 on.
 */
const ages = [
  { under: 20, typical: 30.3, spread: 1.46 },
  { under: 25, typical: 30.1, spread: 1 },
  { under: 30, typical: 29.8, spread: 1 },
  { under: 35, typical: 29.3, spread: 1 },
  { under: 40, typical: 28.7, spread: 1 },
  { under: 45, typical: 28.2, spread: 1 },
  { under: 50, typical: 28.4, spread: 1.45 },
  { under: Infinity, typical: 30.8, spread: 3 },
] as const

/** Those who call themselves regular are hardly more so than others (Creinin et al. 2004). */
const spreadByRegularity = { regular: 0.9, irregular: 2 } as const

/**
 * Priors for a person. Perimenopause widens them and lets older lengths say less: in its early stage
 * neighbouring cycles differ by seven days and more (STRAW+10), which is a spread of 4 days.
 */
export function priorsFor(
  { age, regularity }: Person,
  { perimenopause }: { readonly perimenopause: boolean },
): LengthPriors {
  const { typical, spread, missing, memory } = populationPriors
  const ofAge = age === undefined ? undefined : ages.find(({ under }) => age < under)
  const factor = (ofAge?.spread ?? 1) * (regularity ? spreadByRegularity[regularity] : 1)
  return {
    typical: {
      mean: ofAge?.typical ?? typical.mean,
      deviation: typical.deviation * (perimenopause ? 2 : regularity === 'irregular' ? 1.5 : 1),
    },
    spread: {
      median: perimenopause ? Math.max(4, spread.median * factor) : spread.median * factor,
      logDeviation: spread.logDeviation,
    },
    missing,
    memory: perimenopause ? { recent: 4, olderWeight: 0.5 } : memory,
  }
}
