/** A disk that is full while sync goes on: nothing is lost, the state says so, and it goes on by itself. */
import { bytesToHex } from '@selene/shapes'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { civilDate, type CivilDate } from '../calendar/index.ts'
import { until } from '../core/live.ts'
import { bakedImage } from '../node/baked-image.ts'
import { memoryFiles, memoryPlatform, openClient, seededRandom } from '../testing/index.ts'
import { limitedFiles } from '../testing/limited-files.ts'
import { manualClock, type ManualClock } from '../testing/manual-clock.ts'
import {
  logShape,
  registerAt,
  scriptedServer,
  type Recorded,
  type ScriptedServer,
} from '../testing/scripted-server.ts'
import { createTestAuthor, type WrittenEnvelope } from '../testing/test-author.ts'
import { addDevice } from '../testing/test-vault.ts'

const day = (n: number): CivilDate => civilDate(`2026-03-${String(n).padStart(2, '0')}`)!
/** Text that cannot be made smaller. */
const noise = (seed: number): string =>
  Array.from(seededRandom(`noise ${seed}`).bytes(9_000), (byte) => 33 + (byte % 90))
    .map((code) => String.fromCodePoint(code))
    .join('')

let scripted: ScriptedServer
let clock: ManualClock
let disk: { bytes: number }
let used: () => number
let opened: Awaited<ReturnType<typeof openClient>>

beforeEach(async () => {
  scripted = scriptedServer()
  clock = manualClock()
  disk = { bytes: Infinity }
  const files = memoryFiles(await bakedImage())
  used = () => files.content().length
  opened = await openClient({
    platform: memoryPlatform({
      files: limitedFiles(files, disk),
      network: scripted.network,
      clock,
    }),
    server: 'https://server.test',
  })
  await registerAt(scripted, opened)
})
afterEach(() => opened.client.close())

const passTimeUntil = (holds: () => boolean | Promise<boolean>) =>
  expect
    .poll(
      () => {
        clock.advance(250)
        return holds()
      },
      { timeout: 20_000 },
    )
    .toBe(true)
const stateNow = () => until(opened.client.sync.state, () => true)

/** The updates' shape with these envelopes. */
function updatesShape(envelopes: readonly WrittenEnvelope[]) {
  const rows = envelopes.map(({ header, bytes }) => ({
    key: `"public"."doc_updates"/"${header.doc}"/"${header.device}"/"${header.docSeq}"`,
    value: {
      vault_id: header.vault,
      doc_id: header.doc,
      device_id: header.device,
      doc_seq: String(header.docSeq),
      envelope: `\\x${bytesToHex(bytes)}`,
    },
    headers: { operation: 'insert' },
  }))
  const headers = {
    'electric-handle': 'updates',
    'electric-offset': '1_0',
    'electric-schema': '{}',
    'electric-up-to-date': '',
  }
  return ({ query }: Recorded) => {
    if (query.get('live') === 'true') return 'silence' as const
    const known = query.get('offset') === '-1' ? rows : []
    return Response.json([...known, { headers: { control: 'up-to-date' } }], { headers })
  }
}

test('C8 C17 what is received on a full disk is shown as store/full, and taken once there is room', async () => {
  const { crypto, vault, store } = opened.parts
  const author = createTestAuthor(crypto, { view: vault.view, epochKey: vault.epoch().key })
  const log = { view: vault.view(), author: vault.keys, epochKey: vault.epoch().key }
  const entry = addDevice(crypto, log, author.keys)
  const entries = [...(await vault.entries(store)), entry]
  scripted.always('/v1/shape/vault_log', logShape(vault.view().vault, entries, 'log'))
  await passTimeUntil(() => vault.view().members.has(author.keys.id))
  const envelopes = Array.from({ length: 28 }, (_, i) =>
    author.write((doc) =>
      doc.getText(`note/${String(i + 1).padStart(2, '0')}`).insert(0, noise(i)),
    ),
  )
  disk.bytes = used()
  scripted.always('/v1/shape/doc_updates', updatesShape(envelopes))
  await passTimeUntil(async () => (await stateNow()).problem === 'store/full')
  expect(await stateNow()).toMatchObject({ phase: 'stuck' })
  expect(await store.query('SELECT 1 FROM doc_heads')).toEqual([])
  disk.bytes = Infinity
  await passTimeUntil(async () => (await store.query('SELECT 1 FROM doc_heads')).length === 1)
  const { values } = await until(
    opened.client.diary.day(day(28)),
    (shown) => 'note.value' in shown.values,
  )
  expect(values).toEqual({ 'note.value': noise(27) })
})

test('C8 C17 what she wrote before the disk was full is kept, and sent by itself once there is room', async () => {
  const { client, parts } = opened
  client.sync.pause()
  disk.bytes = used() + 400_000
  const kept: number[] = []
  for (let n = 1; n <= 28; n++)
    await client.diary.edit(day(n), { 'note.value': noise(n) }).then(
      () => kept.push(n),
      (error: unknown) => expect(error).toMatchObject({ code: 'store/full' }),
    )
  expect(kept.length).toBeGreaterThan(0)
  expect(kept.length).toBeLessThan(28)
  disk.bytes = used()
  client.sync.resume()
  await passTimeUntil(async () => (await stateNow()).problem === 'store/full')
  const { unsent } = await stateNow()
  expect(unsent).toBeGreaterThan(0)
  disk.bytes = Infinity
  await passTimeUntil(async () => (await stateNow()).unsent === 0)
  expect((await stateNow()).setAside).toBe(0)
  expect(await parts.store.query('SELECT 1 FROM pending_edits')).toEqual([])
  for (const n of kept)
    expect((await until(client.diary.day(day(n)), () => true)).values).toEqual({
      'note.value': noise(n),
    })
})
