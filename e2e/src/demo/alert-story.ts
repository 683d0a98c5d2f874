/**
 * The second half of the main job: an alert that is raised without network on a phone that dies, reaches
 * a trusted contact and a passer-by and nobody else, and leaves no position behind.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { until, type Alert, type AlertId, type Client, type Live } from '@selene/client-sdk'
import type { DemoServer } from './local-server.ts'
import type { TcpProxy } from './tcp-proxy.ts'
import type { Facts, Transcript } from './transcript.ts'

/** Opens a person's device on the way to the server that it is given. */
export type OpenDevice = (name: string, url: URL) => Promise<Client>

interface Scene {
  readonly server: DemoServer
  readonly open: OpenDevice
  readonly network: TcpProxy
  /** Where the phone's store and kit are. */
  readonly phoneDirectory: string
}

/** Where she is, to the seven digits that a phone gives; nobody else ever says this. */
const harbour = { latitude: 52.5046713, longitude: 13.4489217 }
/** 700 m and 40 km from there. */
const nextStreet = { latitude: 52.5091, longitude: 13.4421 }
const otherTown = { latitude: 52.3906, longitude: 13.0645 }
const note = 'At the old harbour, I am being followed'
/** Words that only contacts may read, and nobody after the end. */
export const alertSecrets = [
  note,
  '52.5046713',
  '13.4489217',
  'Two streets away',
  'Mira Oduya',
  'Lena Brandhof',
]

const now = <T>(live: Live<T>): Promise<T> => until(live, () => true)
const measured = (place: { latitude: number; longitude: number }) => ({
  ...place,
  accuracyMetres: 15,
  at: Date.now(),
})

async function register(client: Client, name: string): Promise<void> {
  await client.account.register({
    identifier: `demo-${name}-${Date.now()}@example.org`,
    passphrase: 'eleven boats in the morning',
  })
}

const has = (id: AlertId) => (alerts: readonly { id: AlertId }[]) =>
  alerts.some((alert) => alert.id === id)

async function incoming(client: Client, id: AlertId) {
  const alerts = await until(client.sos.incoming, has(id))
  return alerts.find((alert) => alert.id === id)!
}

/** Starts the phone's process, waits until it has raised, and kills it. */
async function raiseAndDie(scene: Scene): Promise<{ id: AlertId; ms: number }> {
  const program = new URL('phone.ts', import.meta.url)
  const { latitude, longitude } = harbour
  const args = [
    scene.phoneDirectory,
    scene.network.url.href,
    String(latitude),
    String(longitude),
    note,
  ]
  const phone = fork(program, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const died = once(phone, 'exit')
  const said = await Promise.race([once(phone, 'message'), died.then(() => undefined)])
  if (!said) throw new Error('the phone ended before it had raised the alert')
  phone.kill('SIGKILL')
  await died
  return said[0] as { id: AlertId; ms: number }
}

async function hasHappened<T>(live: Live<T>, wanted: (value: T) => boolean): Promise<number> {
  const began = performance.now()
  await until(live, wanted)
  return performance.now() - began
}

const isShown = (alert: Alert | null, id: AlertId): alert is Alert => alert?.id === id

export async function tellAlertStory(
  transcript: Transcript,
  scene: Scene,
  phoneBefore: Client,
): Promise<void> {
  const { server, open, network } = scene

  const friend = await transcript.step('She and a friend trust each other', async (facts) => {
    const client = await open('friend', server.url)
    await register(client, 'friend')
    await client.contacts.setOwnName('Mira Oduya')
    await phoneBefore.contacts.setOwnName('Lena Brandhof')
    const { link } = await phoneBefore.contacts.invite('Mira')
    facts.note(`the link has ${link.href.length} characters and works once`)
    await client.contacts.accept(link.href)
    await until(phoneBefore.contacts.list, (list) => list[0]?.state === 'trusted')
    facts.claim(
      'the friend knows her by name',
      (await now(client.contacts.list))[0]?.name,
      'Lena Brandhof',
    )
    await until(phoneBefore.sos.readiness, ({ contacts }) => contacts === 1)
    const { gaps } = await now(phoneBefore.sos.readiness)
    facts.note(`still to do before an alert is tried: ${gaps.join(', ') || 'nothing'}`)
    facts.claim('an alert would be sealed for one contact', gaps.includes('no-contacts'), false)
    return client
  })

  const [passerBy, stranger] = await transcript.step(
    'Two people offer to help nearby: one 700 m away, one in another town',
    async (facts) => {
      const people = await Promise.all(
        (['passer-by', 'stranger'] as const).map(async (name) => {
          const client = await open(name, server.url)
          await register(client, name)
          await client.contacts.setOwnName(name === 'passer-by' ? 'Jo' : 'Kim')
          const position = measured(name === 'passer-by' ? nextStreet : otherTown)
          await client.location.set({ sharing: true, radiusMetres: 5_000, position })
          await until(client.location.state, ({ sentAt }) => sentAt !== undefined)
          return client
        }),
      )
      const cells = await count(server, 'SELECT count(*) AS count FROM user_locations')
      if (cells !== undefined) facts.claim('the server has a cell of each', cells >= 2, true)
      return people as [Client, Client]
    },
  )

  const id = await transcript.step(
    'Cut off, she raises an alert, and the phone’s process is killed',
    async (facts) => {
      await network.cut()
      await phoneBefore.close()
      const raised = await raiseAndDie(scene)
      facts.note(`raise() resolved after ${raised.ms.toFixed(1)} ms; then SIGKILL`)
      const sql = alertRows(raised.id)
      await claimCount(facts, server, { text: 'the server does not have it', sql, wanted: 0 })
      return raised.id
    },
  )

  const phone = await transcript.step('The phone starts again, still cut off', async (facts) => {
    const client = await open('phone', network.url)
    const alert = await until(client.sos.current, (current) => isShown(current, id))
    facts.claim('the alert is there and waits', alert?.phase, 'queued')
    return client
  })

  await transcript.step('The network returns', async (facts) => {
    await network.restore()
    const [toFriend, toPasserBy] = await Promise.all([
      hasHappened(friend.sos.incoming, has(id)),
      hasHappened(passerBy.sos.incoming, has(id)),
    ])
    facts.note(
      `the friend had it after ${seconds(toFriend)}, the passer-by after ${seconds(toPasserBy)}`,
    )
    const asFriend = await incoming(friend, id)
    facts.claim(
      'the friend knows who calls',
      [asFriend.from?.name, asFriend.verified],
      ['Lena Brandhof', true],
    )
    facts.claim('and where she is', asFriend.position?.latitude, harbour.latitude)
    const asPasserBy = await incoming(passerBy, id)
    facts.claim(
      'the passer-by sees neither person nor place',
      [asPasserBy.role, asPasserBy.from ?? null, asPasserBy.position ?? null],
      ['nearby', null, null],
    )
    facts.claim('the stranger has nothing', await now(stranger.sos.incoming), [])
    await claimCount(facts, server, { text: 'it took effect once', sql: alertRows(id), wanted: 1 })
    await until(phone.sos.current, (current) => current?.contacts[0]?.delivered === true)
    const alert = await now(phone.sos.current)
    facts.claim('her phone shows that the friend has it', alert?.phase, 'delivered')
  })

  await transcript.step('The passer-by accepts', async (facts) => {
    await passerBy.sos.respond(id, 'accept', 'Two streets away')
    const alert = await until(phone.sos.current, (current) => current?.responders.length === 1)
    const [responder] = alert!.responders
    facts.claim(
      'her phone shows it, with the name',
      [alert!.phase, responder?.state, responder?.name, responder?.note],
      ['acknowledged', 'accept', 'Jo', 'Two streets away'],
    )
    await locate(facts, scene, { passerBy, id })
  })

  await transcript.step('She is safe and ends it', async (facts) => {
    await phone.sos.resolve(id)
    for (const [who, client] of [
      ['friend', friend],
      ['passer-by', passerBy],
    ] as const) {
      const after = await until(client.sos.incoming, (list) =>
        list.some((alert) => alert.id === id && alert.state === 'resolved'),
      )
      const alert = after.find((one) => one.id === id)
      facts.claim(`the ${who} is told, and holds no position`, alert?.position ?? null, null)
    }
    const alert = await until(phone.sos.current, (current) => current?.phase === 'resolved')
    facts.claim('her phone shows the end', alert?.phase, 'resolved')
    await leftBehind(facts, server, id)
  })
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`

/** What a query counts; `undefined` without a way to look. */
async function count({ query }: DemoServer, sql: string): Promise<number | undefined> {
  if (!query) return undefined
  const [row] = await query(sql)
  return Number(row!['count'])
}

/** Claims what the server's database says, where the demo may look. */
async function claimCount(
  facts: Facts,
  server: DemoServer,
  { text, sql, wanted }: { text: string; sql: string; wanted: number },
): Promise<void> {
  const counted = await count(server, sql)
  if (counted === undefined)
    facts.unchecked(text, 'no access to that server’s database; give --database-url')
  else facts.claim(text, counted, wanted)
}

const alertRows = (id: AlertId): string =>
  `SELECT count(*) AS count FROM emergency_alerts WHERE alert_id = '${id}'`

/** The position is released by rules that a server of the demo's own lowers; another one may refuse. */
async function locate(
  facts: Facts,
  { server }: Scene,
  { passerBy, id }: { passerBy: Client; id: AlertId },
): Promise<void> {
  if (!server.lowered) {
    facts.unchecked('the position is released to the passer-by', 'that server has rules of its own')
    return
  }
  facts.note(`this demo’s server lowers the rules of release: ${server.lowered}`)
  const position = await passerBy.sos.locate(id)
  facts.claim(
    'having accepted, the passer-by is given the place',
    [position?.latitude, position?.longitude],
    [harbour.latitude, harbour.longitude],
  )
}

async function leftBehind(facts: Facts, server: DemoServer, id: AlertId): Promise<void> {
  await claimCount(facts, server, {
    text: 'the server holds neither cell, nor sealed place, nor a key to one',
    sql: `SELECT count(*) AS count FROM emergency_alerts WHERE alert_id = '${id}' AND num_nonnulls(
            cell_row, cell_column, radius_metres, responder_part, responder_key) > 0`,
    wanted: 0,
  })
  await claimCount(facts, server, {
    text: 'of what was sealed for the friend only the note that it is over',
    sql: `SELECT count(*) AS count FROM alert_slots WHERE alert_id = '${id}'`,
    wanted: 1,
  })
}
