import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestAuthor } from '../testing/test-author.ts'
import { openTestDevice, type TestDevice } from '../testing/test-device.ts'
import { startHeadsBeat } from './heads-beat.ts'

const hour = 3_600_000
let device: TestDevice
beforeAll(async () => {
  device = await openTestDevice()
})
afterAll(() => device.client.close())
beforeEach(() =>
  device.parts.store.write((tx) =>
    tx.script('DELETE FROM pending_envelopes; DELETE FROM doc_heads'),
  ),
)

const waiting = async (): Promise<number> =>
  (await device.parts.store.query("SELECT 1 FROM pending_envelopes WHERE kind = 'doc.heads'"))
    .length

/** A chain has moved on. */
async function move(): Promise<void> {
  const { crypto, vault, store } = device.parts
  const { header, hash } = createTestAuthor(crypto, {
    view: vault.view,
    epochKey: vault.epoch().key,
  }).write(() => {})
  await store.write((tx) =>
    tx.query('INSERT INTO doc_heads VALUES ($1, $2, 1, $3)', [header.doc, header.device, hash]),
  )
}

test('W22 heads are said when there is something to say: hourly, and when the app is hidden once an hour', async () => {
  let told = 0
  const beat = startHeadsBeat({ ...device.parts, clock: device.clock, written: () => (told += 1) })
  await beat.hidden()
  expect([await waiting(), told]).toEqual([0, 0])
  await move()
  await beat.hidden()
  expect([await waiting(), told]).toEqual([1, 1])
  await device.parts.store.write((tx) => tx.script('DELETE FROM pending_envelopes'))
  await move()
  await beat.hidden()
  expect(await waiting()).toBe(0)
  device.clock.advance(hour)
  await expect.poll(waiting).toBe(1)
  beat.stop()
})

test('W22 a clock that jumps by years silences nobody', async () => {
  const years = 10 * 365 * 24 * hour
  const beat = startHeadsBeat({ ...device.parts, clock: device.clock, written: () => {} })
  await move()
  await beat.hidden()
  for (const jump of [-years, 2 * years]) {
    await device.parts.store.write((tx) => tx.script('DELETE FROM pending_envelopes'))
    device.clock.advance(Math.min(0, jump))
    if (jump > 0) await beat.say()
    else await beat.hidden()
    expect(await waiting()).toBe(1)
  }
  beat.stop()
})

test('W22 before a log entry they are said at once, if there is something new to say', async () => {
  const beat = startHeadsBeat({ ...device.parts, clock: device.clock, written: () => {} })
  expect(await beat.say()).toBe(false)
  await move()
  await beat.hidden()
  await device.parts.store.write((tx) => tx.script('DELETE FROM pending_envelopes'))
  expect(await beat.say()).toBe(true)
  expect(await waiting()).toBe(1)
  beat.stop()
})
