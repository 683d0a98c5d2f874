import type { VaultView } from '@selene/shapes'
import { beforeEach, describe, expect, test } from 'vitest'
import { deviceKeys, newDeviceSeeds, type DeviceKeys } from '../crypto/member-keys.ts'
import type { Primitives } from '../crypto/primitives.ts'
import { loadPrimitives } from '../crypto/sodium.ts'
import { seededRandom } from '../testing/seeded-random.ts'
import {
  addDevice,
  foundTestVault,
  mustAppend,
  removeMember,
  type TestVault,
} from '../testing/test-vault.ts'
import { makeMemberAdded, signEntry } from './entry.ts'
import { makeRecoveryMember, type RecoveryMember } from './recovery-members.ts'
import { openWay, type ClaimedWay } from './way-back.ts'

let crypto: Primitives
let vault: TestVault
let cardKey: Uint8Array
let made: RecoveryMember
let added: Uint8Array
let view: VaultView

/** The entry by which a vault's founder adds a recovery member. */
function addRecovery(to: TestVault, recovery: RecoveryMember): Uint8Array {
  const epoch = { number: 1, key: to.epochKey }
  const log = { view: to.view, author: to.founder.id, epoch }
  const entry = makeMemberAdded(crypto, log, [recovery.member])
  return signEntry(crypto, entry, [to.founder.sign.secretKey, recovery.keys.sign.secretKey])
}

beforeEach(async () => {
  crypto = await loadPrimitives(seededRandom('way back'))
  vault = foundTestVault(crypto)
  cardKey = crypto.random(32)
  const log = { view: vault.view, epoch: { number: 1, key: vault.epochKey } }
  made = makeRecoveryMember(crypto, log, { kind: 'phrase', cardKey })
  added = addRecovery(vault, made)
  view = mustAppend(crypto, vault.view, added)
})

const claim = (changes: Partial<ClaimedWay> = {}): ClaimedWay => ({
  vault: vault.view.vault,
  card: made.card,
  entries: [vault.genesis, added],
  ...changes,
})
const opening = (claimed: ClaimedWay) => () => openWay(crypto, cardKey, claimed)

describe('W8 a card and its log', () => {
  test('give the member’s keys and the current epoch', () => {
    const device = deviceKeys(crypto, newDeviceSeeds(crypto))
    const second = addDevice(crypto, { ...vault, view, author: vault.founder }, device)
    const both = mustAppend(crypto, view, second)
    const removal = removeMember(
      crypto,
      { ...vault, view: both, author: vault.founder },
      { removed: device.id, cut: [] },
    )
    const entries = [vault.genesis, added, second, removal.entry] as const
    const way = openWay(crypto, cardKey, claim({ entries }))
    expect(way.keys.id).toBe(made.keys.id)
    expect(way.epoch).toEqual({ number: 2, key: removal.epochKey })
  })

  test('another secret opens nothing', () => {
    expect(() => openWay(crypto, crypto.random(32), claim())).toThrow(
      expect.objectContaining({ code: 'crypto/wrong-key' }),
    )
  })

  test('a server that makes up a genesis and adds the recovery keys to it is refused', () => {
    const forged = foundTestVault(crypto)
    // It knows the public keys; that their owner has signed its entry it cannot forge, but say it could.
    const entries = [forged.genesis, addRecovery(forged, made)] as const
    for (const id of [vault.view.vault, forged.view.vault])
      expect(opening(claim({ vault: id, entries }))).toThrow(
        expect.objectContaining({ code: 'vault/forked' }),
      )
  })

  test('a log that another member has forked before the card’s head is refused', () => {
    const device: DeviceKeys = deviceKeys(crypto, newDeviceSeeds(crypto))
    const first = addDevice(crypto, { ...vault, author: vault.founder }, device)
    const longer = mustAppend(crypto, vault.view, first)
    const later = makeRecoveryMember(
      crypto,
      { view: longer, epoch: { number: 1, key: vault.epochKey } },
      { kind: 'phrase', cardKey },
    )
    const other = deviceKeys(crypto, newDeviceSeeds(crypto))
    const fork = addDevice(crypto, { ...vault, author: vault.founder }, other)
    const onFork = mustAppend(crypto, vault.view, fork)
    const entries = [vault.genesis, fork, addRecovery({ ...vault, view: onFork }, later)] as const
    expect(opening(claim({ card: later.card, entries }))).toThrow(
      expect.objectContaining({ code: 'vault/forked' }),
    )
  })

  test('a log without the member, or one that ends before the card’s head, is refused', () => {
    expect(opening(claim({ entries: [vault.genesis] }))).toThrow(
      expect.objectContaining({ code: 'vault/forked' }),
    )
    const removal = removeMember(
      crypto,
      { ...vault, view, author: { ...vault.founder, ...made.keys } },
      { removed: made.keys.id, cut: [] },
    )
    expect(opening(claim({ entries: [vault.genesis, added, removal.entry] }))).toThrow(
      expect.objectContaining({ code: 'vault/forked' }),
    )
  })
})
