import { afterEach, expect, test } from 'vitest'
import { until } from '../core/live.ts'
import { nextEntry } from '../testing/test-vault.ts'
import { memoryFiles } from '../store/memory-files.ts'
import { memoryKeychain } from '../store/memory-keychain.ts'
import { openTestDevice, type TestDevice } from '../testing/test-device.ts'
import { makeMemberAdded, signEntry } from './entry.ts'
import { makeRecoveryMember } from './recovery-members.ts'

const dayMs = 24 * 3_600_000
const files = memoryFiles()
const keychain = memoryKeychain()
let device: TestDevice
afterEach(() => device.client.close())

const recovery = () => {
  const { crypto, vault } = device.parts
  const place = { view: vault.view(), epoch: vault.epoch() }
  return makeRecoveryMember(crypto, place, { kind: 'phrase', cardKey: crypto.random(32) })
}
const append = (entry: Parameters<typeof signEntry>[1], extra: readonly Uint8Array[] = []) => {
  const { crypto, vault, store } = device.parts
  const signed = signEntry(crypto, entry, [vault.keys.sign.secretKey, ...extra])
  return store.write((tx) => vault.append(tx, signed))
}
const reset = async () => (await until(device.client.vault.state, () => true)).reset

test('C137 a pending reset is over seven days after this device learned of it, at the latest', async () => {
  device = await openTestDevice({ files, keychain })
  const { crypto, vault } = device.parts
  const first = recovery()
  const log = { view: vault.view(), author: vault.device, epoch: vault.epoch() }
  const added = makeMemberAdded(crypto, log, [first.member])
  expect(await append(added, [first.keys.sign.secretKey])).toBeUndefined()
  expect(await reset()).toBeUndefined()

  const { member, keys } = recovery()
  device.clientClock.advance(dayMs)
  const learned = device.clientClock.now()
  const announced = nextEntry(vault.view(), vault.device, { type: 'recovery-reset', member })
  expect(await append(announced, [keys.sign.secretKey])).toBeUndefined()
  const known = { by: vault.device, since: learned, overBy: learned + 7 * dayMs }
  expect(await reset()).toEqual(known)

  await device.client.close()
  device = await openTestDevice({ files, keychain })
  expect(await reset()).toEqual(known)

  const again = device.parts.vault
  const { seq } = again.view().reset!
  const cancelled = nextEntry(again.view(), again.device, { type: 'reset-cancelled', reset: seq })
  expect(await append(cancelled)).toBeUndefined()
  expect(await reset()).toBeUndefined()
})
