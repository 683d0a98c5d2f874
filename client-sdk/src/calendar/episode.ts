/** Times that she declares, in which cycles mean something else or nothing. */
import type { CivilDate } from './civil-date.ts'

export const episodeKinds = [
  'pregnancy',
  'breastfeeding',
  'hormonal-contraception',
  'perimenopause',
] as const
export type EpisodeKind = (typeof episodeKinds)[number]

export interface Episode {
  readonly kind: EpisodeKind
  readonly from: CivilDate
  /** Last day; absent while it goes on. */
  readonly to?: CivilDate
}

/** Whether bleeding in such a time says nothing about cycles: no ovulation leads to it. */
export const interruptsCycles = ({ kind }: Episode): boolean => kind !== 'perimenopause'

export const covers = ({ from, to }: Episode, date: CivilDate): boolean =>
  from <= date && (to === undefined || date <= to)

/** Whether an episode and the days from `first` to `last` have a day in common. */
export const overlaps = ({ from, to }: Episode, first: CivilDate, last: CivilDate): boolean =>
  from <= last && (to === undefined || first <= to)
