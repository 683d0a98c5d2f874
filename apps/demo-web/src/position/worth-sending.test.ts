import { describe, expect, test } from 'vitest'
import { isWorthSending, metresBetween } from './worth-sending.ts'

const here = { latitude: 52.52, longitude: 13.405, accuracyMetres: 40, at: 1_000_000 }
const later = { ...here, at: here.at + 5000 }

test('metres between two places', () => {
  expect(metresBetween(here, here)).toBe(0)
  // A degree of latitude is 111.2 km on this sphere.
  expect(metresBetween(here, { ...here, latitude: 53.52 })).toBeCloseTo(111_195, -1)
})

describe('a position is sent', () => {
  test('when it is the first', () => expect(isWorthSending(undefined, here)).toBe(true))
  test('when it is twice as accurate', () => {
    expect(isWorthSending(here, { ...later, accuracyMetres: 19 })).toBe(true)
    expect(isWorthSending(here, { ...later, accuracyMetres: 25 })).toBe(false)
  })
  test('when she has moved by more than it may be off', () => {
    expect(isWorthSending(here, { ...later, latitude: 52.521 })).toBe(true)
    expect(isWorthSending(here, { ...later, latitude: 52.521, accuracyMetres: 200 })).toBe(false)
  })
  test('when the last one is a minute old', () => {
    expect(isWorthSending(here, { ...here, at: here.at + 59_999 })).toBe(false)
    expect(isWorthSending(here, { ...here, at: here.at + 60_000 })).toBe(true)
  })
  test('never when it is older than what was sent', () => {
    expect(isWorthSending(here, { ...here, at: here.at - 1, latitude: 10 })).toBe(false)
  })
})
