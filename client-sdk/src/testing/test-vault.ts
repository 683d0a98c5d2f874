/** A vault in memory for tests: its founder, and entries as any member could write them. */
import {
  appendEntry,
  currentEpoch,
  headOf,
  startVault,
  type EntryPayload,
  type LogEntry,
  type Member,
  type MemberId,
  type VaultView,
} from '@selene/shapes'
import { commitEpoch, sealEpoch, wrapPreviousKey } from '../crypto/epoch-key.ts'
import { deviceKeys, newDeviceSeeds, type DeviceKeys } from '../crypto/member-keys.ts'
import type { Primitives } from '../crypto/primitives.ts'
import { deviceMember, makeGenesis, makeMemberAdded, signEntry } from '../vault/entry.ts'

export interface TestVault {
  readonly founder: DeviceKeys
  readonly genesis: Uint8Array
  readonly epochKey: Uint8Array
  readonly view: VaultView
}

export function foundTestVault(crypto: Primitives): TestVault {
  const founder = deviceKeys(crypto, newDeviceSeeds(crypto))
  const { entry, epochKey } = makeGenesis(crypto, founder, 'phone')
  const genesis = signEntry(crypto, entry, [founder.sign.secretKey, founder.sos.secretKey])
  const started = startVault(genesis, crypto)
  if (!started.ok) throw new Error(started.code)
  return { founder, genesis, epochKey, view: started.view }
}

const noLabel = new Uint8Array(0)

/** The entry by which one device admits another. */
export function addDevice(
  crypto: Primitives,
  log: { view: VaultView; author: DeviceKeys; epochKey: Uint8Array },
  added: DeviceKeys,
): Uint8Array {
  const epoch = { number: currentEpoch(log.view).number, key: log.epochKey }
  const entry = makeMemberAdded(crypto, { view: log.view, author: log.author.id, epoch }, [
    deviceMember(added, noLabel),
  ])
  const keys = [log.author.sign.secretKey, added.sign.secretKey, added.sos.secretKey]
  return signEntry(crypto, entry, keys)
}

/** The next entry with any payload, unsigned. */
export function nextEntry(view: VaultView, author: MemberId, payload: EntryPayload): LogEntry {
  const head = headOf(view)
  return { vault: view.vault, seq: head.seq + 1, prev: head.hash, author, payload }
}

/** The entry that removes a member and starts an epoch for the rest. */
export function removeMember(
  crypto: Primitives,
  log: { view: VaultView; author: DeviceKeys; epochKey: Uint8Array },
  removal: { removed: MemberId; cut: readonly { device: MemberId; deviceSeq: number }[] },
): { entry: Uint8Array; epochKey: Uint8Array } {
  const { view, author } = log
  const key = crypto.random(32)
  const number = currentEpoch(view).number + 1
  const epoch = { vault: view.vault, number, key }
  const remaining = [...view.members].filter(([id]) => id !== removal.removed)
  const entry = nextEntry(view, author.id, {
    type: 'member-removed',
    removed: [removal.removed],
    added: [],
    epoch: {
      number,
      commit: commitEpoch(crypto, key, epoch),
      previous: wrapPreviousKey(crypto, epoch, log.epochKey),
      seals: remaining.map(([member, { boxKey }]: [MemberId, Member]) => ({
        member,
        sealed: sealEpoch(crypto, epoch, boxKey),
      })),
      cut: removal.cut,
    },
  })
  return { entry: signEntry(crypto, entry, [author.sign.secretKey]), epochKey: key }
}

/** Appends an entry that must be good. */
export function mustAppend(crypto: Primitives, view: VaultView, entry: Uint8Array): VaultView {
  const appended = appendEntry(view, entry, crypto)
  if (!appended.ok) throw new Error(appended.code)
  return appended.view
}
