import type { DeclaredEpisode } from '@selene/client-sdk'
import type { CivilDate } from '@selene/client-sdk/calendar'
import { describe, expect, test } from 'vitest'
import {
  draftOf,
  episodeOf,
  faultsOf,
  newEpisode,
  oddityOf,
  type EpisodeDraft,
} from './episode-draft.ts'

const today = '2026-03-10' as CivilDate
const draft = (change: Partial<EpisodeDraft>): EpisodeDraft => ({ ...newEpisode(today), ...change })
const past: DeclaredEpisode = {
  id: 'a',
  kind: 'pregnancy',
  from: '2024-01-01' as CivilDate,
  to: '2024-10-01' as CivilDate,
}

test('a new one begins today and goes on', () => {
  expect(episodeOf(newEpisode(today))).toEqual({ kind: 'pregnancy', from: today })
})

test('a declared one that is opened and saved is the same one', () => {
  const { to: _, ...running } = past
  expect(episodeOf(draftOf(past))).toEqual(past)
  expect(episodeOf(draftOf(running))).toEqual(running)
})

describe('what it lacks', () => {
  test.each([
    [{ from: '' }, { from: 'date' }],
    [{ goesOn: false }, { to: 'date' }],
    [{ goesOn: false, to: '2026-03-09' }, { to: 'order' }],
    [{ from: '2026-02-30', goesOn: false, to: '2026-03-09' }, { from: 'date' }],
    [{ goesOn: false, to: today }, {}],
    // A last day that was chosen and taken back does not count.
    [{ goesOn: true, to: '2020-01-01' }, {}],
  ] as const)('%o lacks %o', (change, faults) => {
    expect(faultsOf(draft(change))).toEqual(faults)
    expect(episodeOf(draft(change)) === undefined).toBe(Object.keys(faults).length > 0)
  })
})

describe('what is odd', () => {
  test.each([
    ['shares a last day', { from: '2024-10-01' }, 'overlap'],
    ['begins after it', { from: '2024-10-02' }, undefined],
    ['ends before it', { from: '2023-01-01', goesOn: false, to: '2023-12-31' }, undefined],
    ['is of another kind', { kind: 'breastfeeding', from: '2024-09-01' }, undefined],
    ['begins tomorrow', { from: '2026-03-11' }, 'future'],
    ['ends tomorrow', { goesOn: false, to: '2026-03-11' }, 'future'],
  ] as const)('one that %s', (_, change, oddity) => {
    expect(oddityOf(draft(change), [past], today)).toBe(oddity)
  })

  test('nothing about one that is changed and would meet itself alone', () => {
    expect(oddityOf({ ...draftOf(past), from: '2024-02-01' }, [past], today)).toBeUndefined()
  })
})
