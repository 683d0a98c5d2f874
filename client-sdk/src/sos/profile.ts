/** Who she is, as the kit is told and as its file keeps it. */
import { bytesToBase64url, type DeviceId, type VaultId } from '@selene/shapes'
import type { Reachable } from '../core/message-link.ts'
import type { TrustedContact } from '../crypto/share.ts'
import type { KitState, StoredContact, StoredProfile } from './journal.ts'

/** Who she is to the server and to her contacts; without it alerts are kept and wait. */
export interface KitProfile {
  readonly vault: VaultId
  readonly device: DeviceId
  /** Seed of the device's SOS key, 32 bytes. */
  readonly sosSeed: Uint8Array
  /** Whether the vault has an account. */
  readonly registered: boolean
  /** A contact whose keys have changed stands in it twice, behind all others with the new ones (W46). */
  readonly contacts: readonly TrustedContact[]
  /** People without the app, whom she writes to herself. */
  readonly reachable: readonly Reachable[]
}

function keyText(key: Uint8Array): string {
  if (key.length !== 32) throw new TypeError('a key has 32 bytes')
  return bytesToBase64url(key)
}

/** @throws TypeError when a key has not 32 bytes. */
export const profileToStored = (profile: KitProfile): StoredProfile => ({
  vault: profile.vault,
  device: profile.device,
  sosSeed: keyText(profile.sosSeed),
  registered: profile.registered,
  contacts: profile.contacts.map(({ contact, name, boxKey, ownBoxKey, authKey }) => ({
    contact,
    name,
    boxKey: keyText(boxKey),
    ownBoxKey: keyText(ownBoxKey),
    authKey: keyText(authKey),
  })),
  reachable: profile.reachable.map(({ kind, name, address }) => ({ kind, name, address })),
})

/** Each contact once. */
export const peopleOf = ({ profile }: KitState): readonly StoredContact[] =>
  [
    ...new Map((profile?.contacts ?? []).toReversed().map((each) => [each.contact, each])).values(),
  ].toReversed()
