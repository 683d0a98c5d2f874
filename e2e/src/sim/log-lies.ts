/** Lies about the vault's log: two views of it, one that is shorter, and one that is made up. */
import { until } from '@selene/client-sdk'
import { makeReplacement, signEntry } from '@selene/client-sdk/testing'
import type { Device } from '../world/world.ts'
import {
  type Scene,
  type LieReport,
  within,
  awaitCode,
  livesOn,
  stopsUploads,
  both,
  truthAgain,
  write,
} from './lie-checks.ts'
import { rewritingRows, toHex } from './lying-server.ts'
import type { SyncPeople } from './sync-world.ts'

/** Two views of the log: the phone removes the watch in both, but under another key in each. */
export async function forking(scene: Scene): Promise<LieReport> {
  const [phone, tablet] = await both(scene)
  const watch = await scene.watch.running()
  await scene.watch.end()
  const { vault, crypto } = phone.parts
  const place = { view: vault.view(), author: vault.device, epoch: vault.epoch() }
  const cut = await cutOf(scene.people, phone)
  const twin = makeReplacement(
    crypto,
    { ...place, cut },
    { removed: [watch.parts.vault.device], added: [] },
  )
  const other = toHex(signEntry(crypto, twin, [vault.keys.sign.secretKey]))
  scene.tablet.server.tell(
    rewritingRows('vault_log', (row) =>
      Number(row['seq']) === twin.seq ? { ...row, entry: other } : row,
    ),
  )
  await phone.client.vault.removeMember(watch.parts.vault.device)
  await within(
    'the tablet believes the other view',
    until(tablet.client.vault.state, ({ epoch }) => epoch === place.epoch.number + 1),
  )
  // The first envelope that crosses shows it.
  await write(phone, 3)
  await awaitCode(tablet, 'vault/forked')
  const differences = await livesOn(tablet)
  await truthAgain(scene)
  differences.push(...(await stopsUploads(scene, tablet, 'vault/forked')))
  return { differences, agreesAgain: false }
}

/** The server's own maxima, as a cut. */
async function cutOf({ db }: SyncPeople, { parts }: Device) {
  const rows = await db.query<{ device: Device['parts']['vault']['device']; last: number }>(
    `SELECT device_id AS device, last_envelope_seq::integer AS last FROM devices
      WHERE vault_id = $1 AND last_envelope_seq > 0 ORDER BY device_id`,
    [parts.vault.view().vault],
  )
  return rows.map(({ device, last }) => ({ device, deviceSeq: last }))
}

/** Shows the log without its last entry, to a device that has verified it. */
export async function rollingBack(scene: Scene): Promise<LieReport> {
  const [, tablet] = await both(scene)
  const last = tablet.parts.vault.view().hashes.length - 1
  scene.tablet.server.tell(
    rewritingRows('vault_log', (row) => (Number(row['seq']) === last ? undefined : row)),
  )
  await scene.people.refetch(scene.tablet)
  const differences = await stopsUploads(scene, tablet, 'vault/rolled-back')
  await believeAgain(scene)
  return { differences, agreesAgain: true }
}

/** A warning about the log stands for as long as the process lives. */
async function believeAgain(scene: Scene): Promise<void> {
  await truthAgain(scene)
  await scene.tablet.restart()
}

/** Shows a log that begins with another account's genesis, to a device and to one that is to join. */
export async function inventing(scene: Scene): Promise<LieReport> {
  const [phone, tablet] = await both(scene)
  const stranger = await scene.stranger.running()
  const foreign = (await stranger.parts.vault.entries(stranger.parts.store)).map(toHex)
  const lie = rewritingRows('vault_log', (row) => {
    const entry = foreign[Number(row['seq'])]
    return entry === undefined ? undefined : { ...row, entry }
  })
  const fresh = await scene.people.start('fresh')
  fresh.server.tell(lie)
  const { client } = await fresh.running()
  const { code, done } = await client.vault.join()
  const joined = done.then(
    () => 'joined',
    (error: { code?: string }) => error.code,
  )
  await phone.client.vault.admit(code, { label: 'fresh' })
  const outcome = await within('joining ends', joined)
  const differences = outcome === 'link/failed' ? [] : [`a made-up vault: ${String(outcome)}`]
  scene.tablet.server.tell(lie)
  await scene.people.refetch(scene.tablet)
  differences.push(...(await stopsUploads(scene, tablet, 'vault/forked')))
  await believeAgain(scene)
  return { differences, agreesAgain: true }
}
