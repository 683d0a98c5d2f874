/** Key pairs of a member of the vault; its id is the hash of the public ones (W7). */
import { memberId, type MemberId } from '@selene/shapes'
import type { KeyPair, Primitives } from './primitives.ts'

/** What is stored; the pairs are computed from it. */
export interface DeviceSeeds {
  readonly sign: Uint8Array
  readonly box: Uint8Array
  readonly sos: Uint8Array
}

export interface MemberKeys {
  readonly id: MemberId
  readonly sign: KeyPair
  readonly box: KeyPair
}
export interface DeviceKeys extends MemberKeys {
  readonly sos: KeyPair
}

export const newDeviceSeeds = (crypto: Primitives): DeviceSeeds => ({
  sign: crypto.random(32),
  box: crypto.random(32),
  sos: crypto.random(32),
})

export function memberKeys(
  crypto: Primitives,
  seeds: { readonly sign: Uint8Array; readonly box: Uint8Array },
): MemberKeys {
  const sign = crypto.signPair(seeds.sign)
  const box = crypto.boxPair(seeds.box)
  return {
    id: memberId({ signKey: sign.publicKey, boxKey: box.publicKey }, crypto),
    sign,
    box,
  }
}

export const deviceKeys = (crypto: Primitives, seeds: DeviceSeeds): DeviceKeys => ({
  ...memberKeys(crypto, seeds),
  sos: crypto.signPair(seeds.sos),
})
