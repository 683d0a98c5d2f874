/** A declared time while it is being entered: what it lacks, and what is odd about it. Pure. */
import type { DeclaredEpisode } from '@selene/client-sdk'
import {
  isCivilDate,
  type CivilDate,
  type Episode,
  type EpisodeKind,
} from '@selene/client-sdk/calendar'

/** Dates as the inputs give them: empty while none is chosen. */
export interface EpisodeDraft {
  /** Absent for one that is new. */
  readonly id?: string
  readonly kind: EpisodeKind
  readonly from: string
  readonly goesOn: boolean
  readonly to: string
}

export const newEpisode = (today: CivilDate): EpisodeDraft => ({
  kind: 'pregnancy',
  from: today,
  goesOn: true,
  to: '',
})

export const draftOf = ({ id, kind, from, to }: DeclaredEpisode): EpisodeDraft => ({
  id,
  kind,
  from,
  goesOn: to === undefined,
  to: to ?? '',
})

export interface EpisodeFaults {
  readonly from?: 'date'
  readonly to?: 'date' | 'order'
}

export function faultsOf({ from, goesOn, to }: EpisodeDraft): EpisodeFaults {
  const isFromGood = isCivilDate(from)
  const ofTo = goesOn
    ? undefined
    : !isCivilDate(to)
      ? 'date'
      : isFromGood && to < from
        ? 'order'
        : undefined
  return { ...(!isFromGood && { from: 'date' }), ...(ofTo && { to: ofTo }) }
}

/** The time that a draft without faults declares. */
export function episodeOf(draft: EpisodeDraft): (Episode & { readonly id?: string }) | undefined {
  const { from, to } = faultsOf(draft)
  if (from || to) return undefined
  return {
    ...(draft.id !== undefined && { id: draft.id }),
    kind: draft.kind,
    from: draft.from as CivilDate,
    ...(!draft.goesOn && { to: draft.to as CivilDate }),
  }
}

export type EpisodeOddity = 'future' | 'overlap'

const endless = '9999-12-31'

/** What deserves a second look in a time, beside the others and on this day. */
export function oddityOf(
  draft: EpisodeDraft,
  others: readonly DeclaredEpisode[],
  today: CivilDate,
): EpisodeOddity | undefined {
  const episode = episodeOf(draft)
  if (!episode) return undefined
  const { id, kind, from, to = endless } = episode
  const overlaps = others.some(
    (other) =>
      other.id !== id && other.kind === kind && other.from <= to && from <= (other.to ?? endless),
  )
  if (overlaps) return 'overlap'
  return from > today || (!draft.goesOn && to > today) ? 'future' : undefined
}
