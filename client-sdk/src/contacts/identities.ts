/**
 * Her share identities as the document `contacts` keeps them (W43): one register each, so that two devices that come to
 * one without each other never lose either. Each belongs to an epoch of her vault and follows those before it.
 */
import { base64urlToBytes, bytesToBase64url, concat } from '@selene/shapes'
import * as v from 'valibot'
import type { ShareSeeds } from '../crypto/share.ts'
import type { Register } from '../docs/register.ts'
import { fixedBytes, parseFact } from './fact.ts'

/** One of her share identities. */
export interface Identity {
  readonly seeds: ShareSeeds
  /** Of two the greater follows the lesser. */
  readonly place: number
  /** Its X25519 public key. Absent in those of an earlier version, like the epoch. */
  readonly boxKey?: Uint8Array
  readonly epoch?: string
}

/** One as it is made now. */
export type MadeIdentity = Required<Omit<Identity, 'place'>>

const stored = v.object({ seeds: fixedBytes(64), boxKey: fixedBytes(32), epoch: v.string() })

/** An earlier version kept the seeds of its only identity under the bare name. */
const bare = 'self|share'
const subject = /^self\|share(?:\|(\d+))?$/

const seedsOf = (bytes: Uint8Array): ShareSeeds => ({
  sign: bytes.slice(0, 32),
  box: bytes.slice(32),
})

function parse(place: number, { value }: Register): Identity[] {
  const made = parseFact(stored, value)
  if (made) return [{ ...made, seeds: seedsOf(made.seeds), place }]
  const seeds = typeof value === 'string' ? base64urlToBytes(value) : undefined
  return seeds?.length === 64 ? [{ seeds: seedsOf(seeds), place }] : []
}

const byPlace = (a: Identity, b: Identity): number =>
  a.place - b.place || (a.epoch ?? '').localeCompare(b.epoch ?? '')

/** Oldest first; of several made at once the winner last. */
export const readIdentities = (registers: ReadonlyMap<string, readonly Register[]>): Identity[] =>
  [...registers]
    .flatMap(([name, written]) => {
      const found = subject.exec(name)
      const place = Number(found?.[1] ?? 0)
      return found ? written.toReversed().flatMap((each) => parse(place, each)) : []
    })
    .toSorted(byPlace)

/** The register for one more behind those that are there. */
export function identityFact(
  identities: readonly Identity[],
  { seeds, boxKey, epoch }: MadeIdentity,
): { readonly subject: string; readonly value: string } {
  const place = (identities.at(-1)?.place ?? 0) + 1
  const value = JSON.stringify({
    seeds: bytesToBase64url(concat(seeds.sign, seeds.box)),
    boxKey: bytesToBase64url(boxKey),
    epoch,
  })
  return { subject: `${bare}|${place}`, value }
}
