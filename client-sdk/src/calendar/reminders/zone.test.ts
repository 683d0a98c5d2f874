import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { civilDate } from '../civil-date.ts'
import { openZone } from './zone.ts'

/** The instant of a wall time, and the wall time of it again. */
function there(zone: string, wall: string): [string, string] {
  const [date, time] = wall.split(' ')
  const opened = openZone(zone)
  const instant = opened.instant({ date: civilDate(date!)!, time: time! })
  const shown = opened.wallTime(instant)
  return [new Date(instant).toISOString().slice(0, 16), `${shown.date} ${shown.time}`]
}

describe('wall times', () => {
  test.each([
    ['UTC', '2026-03-10 08:00', '2026-03-10T08:00'],
    ['Europe/Berlin', '2026-01-10 08:00', '2026-01-10T07:00'],
    ['Europe/Berlin', '2026-07-10 08:00', '2026-07-10T06:00'],
    ['America/New_York', '2026-01-10 20:30', '2026-01-11T01:30'],
    ['Asia/Kathmandu', '2026-05-01 06:00', '2026-05-01T00:15'],
    ['Asia/Kathmandu', '1985-12-31 23:45', '1985-12-31T18:15'],
    ['Asia/Kathmandu', '1986-01-01 00:15', '1985-12-31T18:30'],
    ['Australia/Lord_Howe', '2026-01-10 08:00', '2026-01-09T21:00'],
    ['Australia/Lord_Howe', '2026-07-10 08:00', '2026-07-09T21:30'],
    ['Pacific/Apia', '2011-12-29 23:00', '2011-12-30T09:00'],
    ['Pacific/Apia', '2011-12-31 00:00', '2011-12-30T10:00'],
    ['Europe/Berlin', '2026-03-29 01:59', '2026-03-29T00:59'],
    ['Europe/Berlin', '2026-03-29 03:00', '2026-03-29T01:00'],
    ['Europe/Berlin', '2026-10-25 01:59', '2026-10-24T23:59'],
    ['Europe/Berlin', '2026-10-25 03:00', '2026-10-25T02:00'],
    ['America/New_York', '2026-11-01 12:00', '2026-11-01T17:00'],
    ['Australia/Lord_Howe', '2026-04-05 02:00', '2026-04-04T15:30'],
    ['Pacific/Kiritimati', '2026-01-01 00:00', '2025-12-31T10:00'],
    ['Europe/Berlin', '0800-12-25 12:00', '0800-12-25T11:06'],
  ])('%s, %s is %s UTC', (zone, wall, utc) => {
    expect(there(zone, wall)).toEqual([utc, wall])
  })

  test.each([
    ['Europe/Berlin', '2026-03-29 02:00', '2026-03-29 03:00'],
    ['Europe/Berlin', '2026-03-29 02:30', '2026-03-29 03:30'],
    ['America/New_York', '2026-03-08 02:30', '2026-03-08 03:30'],
    ['Australia/Lord_Howe', '2026-10-04 02:15', '2026-10-04 02:45'],
    ['Pacific/Apia', '2011-12-30 08:00', '2011-12-31 08:00'],
    ['Asia/Kathmandu', '1986-01-01 00:05', '1986-01-01 00:20'],
    ['Africa/Cairo', '2026-04-24 00:30', '2026-04-24 01:30'],
  ])('%s leaves %s out: %s', (zone, wall, moved) => {
    expect(there(zone, wall)[1]).toBe(moved)
  })

  test.each([
    ['Europe/Berlin', '2026-10-25 02:30', '2026-10-25T00:30'],
    ['America/New_York', '2026-11-01 01:30', '2026-11-01T05:30'],
    ['Australia/Lord_Howe', '2026-04-05 01:45', '2026-04-04T14:45'],
  ])('%s has %s twice, taken at %s UTC', (zone, wall, utc) => {
    expect(there(zone, wall)).toEqual([utc, wall])
  })

  test('every instant shows a wall time that is its own again, or came twice', () => {
    const zone = fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Asia/Kathmandu',
      'America/St_Johns',
      'Africa/Casablanca',
    )
    const day = 1440
    const changes = ['2011-12-30', '2026-03-08', '2026-03-29', '2026-04-05', '2026-10-25']
    const near = fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -2 * day, max: 2 * day }))
      .map(([date, minutes]) => Date.parse(date) / 60_000 + minutes)
    const any = fc.integer({ min: Date.UTC(1990, 0) / 60_000, max: Date.UTC(2040, 0) / 60_000 })
    const minute = fc.oneof(near, any)
    fc.assert(
      fc.property(zone, minute, (name, minutes) => {
        const opened = openZone(name)
        const wall = opened.wallTime(minutes * 60_000)
        const back = opened.instant(wall)
        expect(opened.wallTime(back)).toEqual(wall)
        expect([0, 30, 60]).toContain(minutes - back / 60_000)
      }),
      { numRuns: 1000 },
    )
  })

  test('a zone that is none is refused', () => {
    for (const name of ['', 'Nowhere/At_All', 'Europe']) {
      expect(() => openZone(name)).toThrow(TypeError)
    }
  })
})
