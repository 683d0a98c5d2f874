import { vaultLog } from '@selene/shapes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deviceKeys, newDeviceSeeds } from '../crypto/member-keys.ts'
import { openTestDevice, type TestDevice } from '../testing/test-device.ts'
import { addDevice, mustAppend, removeMember } from '../testing/test-vault.ts'
import { advanceLog, isRolledBack } from './log-inbox.ts'

let device: TestDevice
beforeAll(async () => {
  device = await openTestDevice()
})
afterAll(() => device.client.close())

async function arrive(rows: ReadonlyMap<number, Uint8Array>) {
  const { documents, vault } = device.parts
  return documents.write(async (tx) => {
    for (const [seq, entry] of rows)
      await tx.query(
        `INSERT INTO shape_rows_${vaultLog.name} VALUES ($1, $2, $3)
         ON CONFLICT (vault_id, seq) DO UPDATE SET entry = excluded.entry`,
        [vault.view().vault, seq, entry],
      )
    return advanceLog(tx, vault)
  })
}

describe('W18 the log from the server', () => {
  test('is appended in its order, waits at a gap, and is refused where it differs', async () => {
    const { crypto, vault, store } = device.parts
    const [genesis] = await vault.entries(store)
    const epochKey = vault.epoch().key
    const author = vault.keys
    const [tablet, laptop] = [1, 2].map(() => deviceKeys(crypto, newDeviceSeeds(crypto)))
    const first = addDevice(crypto, { view: vault.view(), author, epochKey }, tablet!)
    const view = mustAppend(crypto, vault.view(), first)
    const second = addDevice(crypto, { view, author, epochKey }, laptop!)

    expect(await isRolledBack(store, vault)).toBe(true)
    expect(await arrive(new Map([[2, second]]))).toBeUndefined()
    expect(vault.view().hashes).toHaveLength(1)
    expect(
      await arrive(
        new Map([
          [0, genesis!],
          [1, first],
        ]),
      ),
    ).toBeUndefined()
    expect(vault.view().hashes).toHaveLength(3)
    expect(await isRolledBack(store, vault)).toBe(false)

    const other = addDevice(
      crypto,
      { view, author, epochKey },
      deviceKeys(crypto, newDeviceSeeds(crypto)),
    )
    expect(await arrive(new Map([[2, other]]))).toBe('vault/forked')
    expect(
      await arrive(
        new Map([
          [2, second],
          [3, second],
        ]),
      ),
    ).toBe('vault/forked')
    expect(vault.view().hashes).toHaveLength(3)
    await store.write((tx) => tx.script(`DELETE FROM shape_rows_${vaultLog.name} WHERE seq > 0`))
    expect(await arrive(new Map())).toBeUndefined()
    expect(await isRolledBack(store, vault)).toBe(true)
    expect(vault.view().hashes).toHaveLength(3)
  })

  test('W13 an epoch with another key before it than there was is a fork, and nothing of it stays', async () => {
    const { crypto, vault, store } = device.parts
    const tablet = deviceKeys(crypto, newDeviceSeeds(crypto))
    const place = { view: vault.view(), author: vault.keys }
    const added = addDevice(crypto, { ...place, epochKey: vault.epoch().key }, tablet)
    const view = mustAppend(crypto, vault.view(), added)
    const { entry } = removeMember(
      crypto,
      { view, author: vault.keys, epochKey: crypto.random(32) },
      { removed: tablet.id, cut: [] },
    )
    const seq = view.hashes.length
    const arrived = new Map([
      [seq - 1, added],
      [seq, entry],
    ])
    const before = vault.epoch()
    expect(await arrive(arrived)).toBe('vault/forked')
    expect(vault.view().hashes).toHaveLength(seq)
    expect(vault.epoch()).toEqual(before)
    expect(await store.query('SELECT number FROM epoch_keys')).toEqual([{ number: 1 }])
    await store.write((tx) => tx.script(`DELETE FROM shape_rows_${vaultLog.name} WHERE seq > 0`))
  })

  test('that removes this device leaves it no epoch to write under, and its diary to read', async () => {
    const { crypto, vault, documents } = device.parts
    const epochKey = vault.epoch().key
    const tablet = deviceKeys(crypto, newDeviceSeeds(crypto))
    const added = addDevice(crypto, { view: vault.view(), author: vault.keys, epochKey }, tablet)
    await documents.write((tx) => vault.append(tx, added))
    const { entry } = removeMember(
      crypto,
      { view: vault.view(), author: tablet, epochKey },
      { removed: vault.device, cut: [] },
    )
    expect(await documents.write((tx) => vault.append(tx, entry))).toBeUndefined()
    expect(() => vault.epoch()).toThrow(expect.objectContaining({ code: 'vault/member-removed' }))
    expect(vault.epochKey(1)).toEqual(epochKey)
    expect(vault.members().find(({ id }) => id === vault.device)).toMatchObject({ removed: true })
  })
})
