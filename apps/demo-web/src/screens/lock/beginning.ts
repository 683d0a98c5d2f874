/** Where a diary that begins on this device comes from; the address may say it before. Pure. */
import type { Route } from '../../route.ts'

export const beginnings = ['anew', 'recover', 'link', 'restore'] as const
export type Beginning = (typeof beginnings)[number]

const places = {
  recover: { name: 'recover' },
  link: { name: 'devices' },
  restore: { name: 'restore' },
} as const satisfies Partial<Record<Beginning, Route>>

/** Where it is fetched once there is a place for it; `undefined` where there is nothing to fetch. */
export const placeOf = (from: Beginning): Route | undefined =>
  from === 'anew' ? undefined : places[from]

/** What the place where she is leads to. */
export const beginningAt = ({ name }: Route): Beginning =>
  beginnings.find((from) => placeOf(from)?.name === name) ?? 'anew'
