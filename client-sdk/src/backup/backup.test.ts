import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CivilDate } from '../calendar/index.ts'
import type { ClientParts } from '../client/client.ts'
import { systemRandom } from '../core/random.ts'
import { sodiumArgon2id } from '../crypto/argon2id.ts'
import { newPhrase } from '../crypto/phrase.ts'
import { loadPrimitives } from '../crypto/sodium.ts'
import type { Documents } from '../docs/documents.ts'
import { until, type Client } from '../index.ts'
import type { StoreTx } from '../store/store.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { memoryPlatform, openClient } from '../testing/index.ts'
import { createBackups, type Backups } from './backup.ts'
import { openFile } from './file.ts'

const date = (day: string) => day as CivilDate
interface Opened {
  readonly client: Client
  readonly parts: ClientParts
}
const open = (): Promise<Opened> => openClient({ platform: memoryPlatform() })

let crypto: Awaited<ReturnType<typeof loadPrimitives>>
let secret: { phrase: string }
let kept: Opened
let file: Blob
const opened: Opened[] = []
async function fresh(): Promise<Opened> {
  const one = await open()
  opened.push(one)
  return one
}

/** What a file says, as it is sealed. */
async function contentOf(backup: Blob): Promise<string> {
  const deps = { crypto, argon2id: sodiumArgon2id(crypto), clock: manualClock() }
  return new TextDecoder().decode(await openFile(deps, backup, secret))
}
const stateOf = async ({ client }: Opened) => contentOf(await client.backup(secret))
const dayOf = async ({ client }: Opened, day: string) =>
  (await until(client.diary.day(date(day)), () => true)).values

beforeAll(async () => {
  crypto = await loadPrimitives(systemRandom)
  secret = { phrase: newPhrase(crypto).words }
  kept = await fresh()
  const { client } = kept
  await client.contacts.setOwnName('Ada')
  await client.profile.set({ weightUnit: 'kg' })
  await client.episodes.put({ kind: 'pregnancy', from: date('2024-02-01') })
  for (let month = 1; month <= 12; month += 1) {
    const day = date(`2025-${String(month).padStart(2, '0')}-03`)
    await client.diary.edit(day, { 'bleeding.value': 2, 'note.value': `month ${month}` })
  }
  await client.diary.edit(date('2025-01-03'), { 'bleeding.value': null, 'mood.happy': true })
  file = await client.backup(secret)
})
afterAll(() => Promise.all(opened.map(({ client }) => client.close())))

describe('W42 backup and restore', () => {
  test('serialize(backup) == serialize(export(restore(backup)))', async () => {
    const other = await fresh()
    expect(await other.client.restore(file, secret)).toEqual({ documents: 14, changed: 14 })
    expect(await stateOf(other)).toBe(await contentOf(file))
    expect(await dayOf(other, '2025-01-03')).toEqual(await dayOf(kept, '2025-01-03'))
    expect(await until(other.client.contacts.ownName, () => true)).toBe('Ada')
  })

  test('R7 restored again it changes nothing and sends nothing', async () => {
    const other = await fresh()
    await other.client.restore(file, secret)
    const waiting = () => other.parts.store.query('SELECT count(*) FROM pending_edits')
    const before = await waiting()
    expect(await other.client.restore(file, secret)).toEqual({ documents: 14, changed: 0 })
    expect(await waiting()).toEqual(before)
  })

  test('R7 a diary that has content keeps it and gets what it lacks', async () => {
    const other = await fresh()
    await other.client.diary.edit(date('2025-01-03'), { 'bleeding.value': 3, 'note.value': 'new' })
    await other.client.diary.edit(date('2026-01-01'), { 'weight.value': 60 })
    await other.client.restore(file, secret)
    expect(await dayOf(other, '2025-01-03')).toEqual({
      'bleeding.value': 3,
      'mood.happy': true,
      'note.value': 'new\nmonth 1',
    })
    expect(await dayOf(other, '2026-01-01')).toEqual({ 'weight.value': 60 })
    expect(await dayOf(other, '2025-12-03')).toEqual(await dayOf(kept, '2025-12-03'))
  })

  test('R8 what is restored is content of this device: it has keys of its own and sends all of it', async () => {
    const other = await fresh()
    const device = other.parts.vault.device
    await other.client.restore(file, secret)
    expect(other.parts.vault.device).toBe(device)
    expect(device).not.toBe(kept.parts.vault.device)
    const [row] = await other.parts.store.query<{ n: number }>(
      'SELECT count(DISTINCT doc_id) AS n FROM pending_edits',
    )
    expect(row!.n).toBe(14)
  })

  test('R8 holds no key of the device, of the vault or of the kit', async () => {
    const { vault } = kept.parts
    const keys = [vault.keys.sign, vault.keys.box, vault.keys.sos].flatMap((pair) => [
      pair.secretKey,
      pair.publicKey,
    ])
    const text = await contentOf(file)
    for (const key of [...keys, vault.epoch().key])
      for (const form of ['hex', 'base64', 'base64url'] as const)
        expect(text).not.toContain(Buffer.from(key.slice(0, 30)).toString(form))
  })

  test('a wrong secret leaves the store as it was', async () => {
    const other = await fresh()
    await other.client.diary.edit(date('2025-01-03'), { 'weight.value': 60 })
    const before = await stateOf(other)
    const wrong = { phrase: newPhrase(crypto).words }
    await expect(other.client.restore(file, wrong)).rejects.toMatchObject({
      code: 'backup/wrong-secret',
    })
    await expect(other.client.restore(file.slice(0, -1), secret)).rejects.toMatchObject({
      code: 'backup/cut',
    })
    expect(await stateOf(other)).toBe(before)
  })
})

describe('non-atomic restore', () => {
  /** Fails at the given statement of the transaction, as a store does that is full or a process that ends. */
  function dyingAt(documents: Documents, last: number): { documents: Documents; asked(): number } {
    let asked = 0
    const mortal = (tx: StoreTx): StoreTx => ({
      ...tx,
      query(sql, params) {
        if (++asked > last) throw new Error('the end')
        return tx.query(sql, params)
      },
    })
    return {
      asked: () => asked,
      documents: { ...documents, write: (work) => documents.write((tx) => work(mortal(tx))) },
    }
  }
  const backupsOn = ({ parts }: Opened, documents: Documents): Backups =>
    createBackups({
      ...parts,
      documents,
      argon2id: sodiumArgon2id(crypto),
      clock: manualClock(),
      leftOut: [],
      settle: async () => {},
      written: () => {},
    })

  test('W42 ended between any two steps leaves nothing or all of it', async () => {
    const other = await fresh()
    await other.client.diary.edit(date('2025-01-03'), { 'weight.value': 60 })
    const before = await stateOf(other)
    let steps = 0
    for (let last = 0; ; last += 1) {
      const { documents, asked } = dyingAt(other.parts.documents, last)
      const done = await backupsOn(other, documents)
        .restore(file, secret)
        .then(
          () => true,
          () => false,
        )
      steps = asked()
      if (done) break
      expect(await stateOf(other)).toBe(before)
      expect(await dayOf(other, '2025-12-03')).toEqual({})
    }
    expect(steps).toBeGreaterThan(28)
    expect(await dayOf(other, '2025-01-03')).toEqual({
      'weight.value': 60,
      ...(await dayOf(kept, '2025-01-03')),
    })
    expect(await dayOf(other, '2025-12-03')).toEqual(await dayOf(kept, '2025-12-03'))
  })
})
