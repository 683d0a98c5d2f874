/** Lies about envelopes: kept back, told again, in disorder, of somebody else, or written after a removal. */
import { until } from '@selene/client-sdk'
import type { CivilDate } from '@selene/client-sdk/calendar'
import { createTestAuthor, wishHeads, type WrittenEnvelope } from '@selene/client-sdk/testing'
import { settle } from '../world/convergence.ts'
import type { Device } from '../world/world.ts'
import {
  type Scene,
  type LieReport,
  patience,
  lieDay,
  temperature,
  within,
  valuesOf,
  awaitCode,
  livesOn,
  doesNothing,
  both,
  truthAgain,
  write,
} from './lie-checks.ts'
import {
  isRow,
  madeUp,
  rewriting,
  rewritingRows,
  toHex,
  type ShapeMessage,
} from './lying-server.ts'
import type { SyncPeople } from './sync-world.ts'

const isOf = (row: Readonly<Record<string, string>>, { parts }: Device): boolean =>
  row['device_id'] === parts.vault.device

/** How far a device's chain in the month of the lie is on the server. */
async function chainOf({ db }: SyncPeople, { parts }: Device, date: CivilDate): Promise<number> {
  const [row] = await db.query<{ last: number }>(
    'SELECT coalesce(max(doc_seq), 0)::integer AS last FROM doc_updates WHERE device_id = $1 AND doc_id = $2',
    [parts.vault.device, parts.vault.docId(`month/${date.slice(0, 7)}`)],
  )
  return row!.last
}

/** Withholds what comes after a place, or that place alone, whose successors then hang in the air. */
export const withholding =
  (extent: 'tail' | 'hole') =>
  async (scene: Scene): Promise<LieReport> => {
    const [phone, tablet] = await both(scene)
    const doc = phone.parts.vault.docId(`month/${lieDay.slice(0, 7)}`)
    const from = (await chainOf(scene.people, phone, lieDay)) + 1
    const isHidden = (row: Readonly<Record<string, string>>): boolean =>
      isOf(row, phone) &&
      row['doc_id'] === doc &&
      (extent === 'tail' ? Number(row['doc_seq']) >= from : Number(row['doc_seq']) === from)
    scene.tablet.server.tell(
      rewritingRows('doc_updates', (row) => (isHidden(row) ? undefined : row)),
    )
    await write(phone, 1)
    const lastValue = await write(phone, 2)
    // A hole shows by itself; that a tail is there, only another device can say.
    if (extent === 'tail') {
      await phone.parts.documents.write((tx) => wishHeads(tx, phone.parts))
      await phone.client.sync.flush()
    }
    // A snapshot of hers may bring what is in it all the same.
    await within(
      `the ${extent} that is withheld is noticed`,
      Promise.race([
        until(tablet.client.sync.state, ({ warnings }) =>
          warnings.includes('sync/history-withheld'),
        ),
        until(tablet.client.diary.day(lieDay), ({ values }) => values[temperature] === lastValue),
      ]),
    )
    const differences = await livesOn(tablet)
    await within(
      'all is sent',
      until(tablet.client.sync.state, ({ unsent }) => unsent === 0),
    )
    await truthAgain(scene)
    await within(
      'what is given out ends the warning',
      until(tablet.client.sync.state, ({ warnings }) => warnings.length === 0),
    )
    return { differences, agreesAgain: true }
  }

/** Gives old rows again, before and after the new ones. */
export async function replaying(scene: Scene): Promise<LieReport> {
  const old: ShapeMessage[] = []
  scene.tablet.server.tell(
    rewriting('doc_updates', (messages) => {
      const again = scene.people.prng.shuffle(old).slice(0, 20)
      old.push(...messages.filter(isRow))
      return [...again, ...messages]
    }),
  )
  await scene.people.refetch(scene.tablet)
  const differences = await doesNothing(scene)
  await truthAgain(scene)
  return { differences, agreesAgain: true }
}

/** Gives rows in another order, and half of what is new only with later answers: with each, as one may be lost. */
export async function reordering(scene: Scene): Promise<LieReport> {
  const { prng } = scene.people
  const late: ShapeMessage[] = []
  scene.tablet.server.tell(
    rewriting('doc_updates', (messages) => {
      const rows = prng.shuffle(messages.filter(isRow))
      const now = rows.splice(Math.floor(rows.length / 2))
      const told = prng.shuffle([...late, ...now])
      late.push(...rows)
      return [...told, ...messages.filter((message) => !isRow(message))]
    }),
  )
  await scene.people.refetch(scene.tablet)
  const [phone] = await both(scene)
  // Something else comes later, and with it what was held back.
  await write(phone, 3)
  const differences = await doesNothing(scene)
  await truthAgain(scene)
  return { differences, agreesAgain: true }
}

/** Gives the rows of another account for hers. */
export async function swapping(scene: Scene): Promise<LieReport> {
  const [phone, tablet] = await both(scene)
  const { vault } = tablet.parts.vault.view()
  const stranger = await scene.stranger.running()
  await write(stranger, 1)
  const rows = await scene.people.db.query<{ values: Record<string, string> }>(
    `SELECT json_build_object('vault_id', vault_id, 'doc_id', doc_id, 'device_id', device_id,
        'doc_seq', doc_seq::text, 'envelope', envelope::text) AS values
      FROM doc_updates WHERE vault_id = $1 AND doc_seq = 1`,
    [stranger.parts.vault.view().vault],
  )
  scene.tablet.server.tell(
    rewriting('doc_updates', (messages) => [
      ...messages,
      ...rows.map(({ values }) => madeUp({ ...values, vault_id: vault })),
    ]),
  )
  await scene.people.refetch(scene.tablet)
  await write(phone, 2)
  await awaitCode(tablet, 'vault/foreign')
  const differences = await livesOn(tablet)
  const docs = await tablet.parts.store.query<{ doc_id: string }>('SELECT doc_id FROM documents')
  if (docs.some(({ doc_id }) => rows.some(({ values }) => values['doc_id'] === doc_id)))
    differences.push('rows of another account were taken')
  await truthAgain(scene)
  return { differences, agreesAgain: true }
}

/** Brings envelopes of a removed device, made with its real keys after its removal. */
export async function backDating(scene: Scene): Promise<LieReport> {
  const [phone, tablet] = await both(scene)
  const watch = await scene.watch.running()
  await write(watch, 1)
  await settle({ ...scene.people, devices: [phone, tablet, watch] }, patience)
  const { vault, crypto } = watch.parts
  const before = vault.view()
  const { number: epoch, key: epochKey } = vault.epoch()
  const first = { view: () => before, epochKey: vault.epochKey(1)! }
  const month = `month/${lieDay.slice(0, 7)}`
  const taken = await chainOf(scene.people, watch, lieDay)
  const [last] = await scene.people.db.query<{ seq: number; hash: Uint8Array }>(
    `SELECT device_seq::integer AS seq, envelope_hash AS hash FROM doc_updates
      WHERE device_id = $1 AND doc_id = $2 AND doc_seq = $3`,
    [vault.device, vault.docId(month), taken],
  )
  const author = createTestAuthor(crypto, first, vault.keys)
  const forge = (header: object): WrittenEnvelope =>
    author.write(
      (doc) => doc.getMap('registers').set(`20|mood.happy|${vault.device}`, [99, 0, true]),
      { name: month, header: { ...header, epoch }, epochKey },
    )
  const above = forge({ deviceSeq: last!.seq + 1000, docSeq: taken + 1, docPrev: last!.hash })
  const below = forge({ deviceSeq: last!.seq, docSeq: taken, docPrev: new Uint8Array(32) })
  await phone.client.vault.removeMember(vault.device)
  await scene.watch.end()
  scene.tablet.server.tell(
    rewriting('doc_updates', (messages) => [
      ...messages,
      ...[above, below].map(({ header, bytes }) =>
        madeUp({
          vault_id: header.vault,
          doc_id: header.doc,
          device_id: header.device,
          doc_seq: String(header.docSeq),
          envelope: toHex(bytes),
        }),
      ),
    ]),
  )
  await within(
    'the tablet knows of the removal',
    until(tablet.client.vault.state, (state) => state.epoch === epoch + 1),
  )
  await scene.people.refetch(scene.tablet)
  await write(phone, 2)
  await awaitCode(tablet, 'vault/void')
  const differences = await livesOn(tablet)
  for (const device of [phone, tablet])
    if ('mood.happy' in (await valuesOf(device, lieDay)))
      differences.push(`${device.name}: what a removed device wrote after its removal counts`)
  // The void one stays listed, and its chain is not told on.
  return { differences, agreesAgain: false }
}
