import type { OpId, OpsRequest, ProblemCode } from '@selene/shapes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CivilDate } from '../calendar/index.ts'
import { until } from '../core/live.ts'
import { createSealer } from '../docs/sealer.ts'
import { createOutbox, type Outbox } from '../sync/outbox.ts'
import { applyAll, type Recorded } from '../testing/scripted-server.ts'
import { openTestDevice, signIn, type TestDevice } from '../testing/test-device.ts'

const day = '2026-03-02' as CivilDate
let device: TestDevice
let outbox: Outbox

beforeAll(async () => {
  device = await openTestDevice()
  await signIn(device)
  const { parts, clock } = device
  const sealer = createSealer({ ...parts, clock })
  outbox = createOutbox({ ...parts, ...device, sealer, settled() {} })
})
afterAll(() => device.client.close())

const refuse =
  (code: ProblemCode) =>
  (request: Recorded): object => {
    const answer = applyAll(request)
    return {
      ...answer,
      outcomes: answer.outcomes.map((one) => ({ ...one, outcome: 'rejected', code })),
    }
  }
const sent = () => device.scripted.to('/v1/ops').flatMap(({ body }) => (body as OpsRequest).ops)
const listed = () => until(device.client.sync.setAside, () => true)
const shown = async () => (await until(device.client.diary.day(day), () => true)).values

/** Writes to the day, and has it refused. */
async function refused(values: object): Promise<OpId> {
  const before = new Set((await listed()).map(({ opId }) => opId))
  await device.client.diary.edit(day, values)
  device.scripted.next('/v1/ops', refuse('doc/too-large'))
  await outbox.sendOnce()
  return (await listed()).find(({ opId }) => !before.has(opId))!.opId
}

describe('C136 what the server refused', () => {
  test('says what it wrote, also over what was there, and nothing else of the day', async () => {
    await device.client.diary.edit(day, { 'bleeding.value': 2, 'pain.cramps': true })
    await outbox.sendOnce()
    const opId = await refused({ 'bleeding.value': 3, 'note.value': 'refused words' })
    expect(await listed()).toMatchObject([{ opId, code: 'doc/too-large', retriable: true }])
    const { sync } = device.client
    expect(await sync.readSetAside(opId)).toEqual({
      document: 'month/2026-03',
      days: [{ date: day, values: { 'bleeding.value': 3, 'note.value': 'refused words' } }],
    })
    const cleared = await refused({ 'pain.cramps': null })
    expect((await sync.readSetAside(cleared))?.days).toEqual([{ date: day, values: {} }])
    await sync.giveUpSetAside(cleared)
    expect(await sync.readSetAside(cleared)).toBeUndefined()
  })

  test('waits for a person, and is sent once more under a new id, before what came later', async () => {
    const [first] = await listed()
    const before = sent().length
    expect(await outbox.sendOnce()).toEqual({ sent: 'nothing' })
    await device.client.diary.edit(day, { 'bleeding.value': 1 })
    const { sync } = device.client
    await sync.retrySetAside(first!.opId)
    expect(await listed()).toEqual([])
    await outbox.sendOnce()
    const [again, ...more] = sent().slice(before)
    expect(more).toEqual([])
    expect(again!.op_id).not.toBe(first!.opId)
    expect(await outbox.counts(device.parts.store)).toEqual({ unsent: 0, setAside: 0 })
    await expect(sync.retrySetAside(first!.opId)).rejects.toThrow(TypeError)
  })

  test('that is refused once more is set aside once more', async () => {
    const opId = await refused({ 'mood.happy': true })
    await device.client.sync.retrySetAside(opId)
    device.scripted.next('/v1/ops', refuse('doc/too-large'))
    await outbox.sendOnce()
    const [again, ...more] = await listed()
    expect(more).toEqual([])
    expect(again!.opId).not.toBe(opId)
    await device.client.sync.giveUpSetAside(again!.opId)
  })

  test('is given up one by one, by name; what it wrote stays here', async () => {
    const [one, other] = [await refused({ 'mood.sad': true }), await refused({ 'mood.fine': true })]
    const { sync } = device.client
    await sync.giveUpSetAside(one)
    expect((await listed()).map(({ opId }) => opId)).toEqual([other])
    await expect(sync.giveUpSetAside(one)).rejects.toThrow(TypeError)
    expect(await shown()).toMatchObject({ 'mood.sad': true, 'mood.fine': true })
    await sync.giveUpSetAside(other)
  })

  test('that is no write to a document can be given up and not sent again', async () => {
    const { store } = device.parts
    const opId = '11111111-1111-4111-8111-111111111111' as OpId
    await store.write((tx) =>
      tx.query(`INSERT INTO set_aside VALUES ($1, 'vault.append', NULL, $2, 'vault/rank', 1)`, [
        opId,
        new Uint8Array(1),
      ]),
    )
    const { sync } = device.client
    expect(await listed()).toMatchObject([{ opId, kind: 'vault.append', retriable: false }])
    expect(await sync.readSetAside(opId)).toEqual({ days: [] })
    await expect(sync.retrySetAside(opId)).rejects.toThrow(TypeError)
    await sync.giveUpSetAside(opId)
    expect(await listed()).toEqual([])
  })
})
