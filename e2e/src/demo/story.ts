/**
 * The main job, told from top to bottom with the SDK's public API: a person registers, imports two
 * years of diary, links a second device, loses the network on both, edits on both, finds everything
 * again, and raises an alert. Each claim is read back from the devices or the server.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, until, type Client } from '@selene/client-sdk'
import { civilDate, type CivilDate } from '@selene/client-sdk/calendar'
import { nodePlatform } from '@selene/client-sdk/node'
import { storeImage } from '../core/store-image.ts'
import { alertSecrets, tellAlertStory } from './alert-story.ts'
import { generateDiary } from './diary-generator.ts'
import type { DemoServer } from './local-server.ts'
import { searchPlaintext } from '../secrets/plaintext-search.ts'
import { openTcpProxy } from './tcp-proxy.ts'
import type { Facts, Transcript } from './transcript.ts'

const firstDay = civilDate('2024-03-01')!
const sharedDay = civilDate('2026-03-14')!
const ownNotes = { a: 'amber-lantern-7741', b: 'quiet-harbour-3358' }

const isSettled = (state: { phase: string; unsent: number }): boolean =>
  state.phase === 'live' && state.unsent === 0

async function dayOf(client: Client, date: CivilDate): Promise<Record<string, unknown>> {
  return (await until(client.diary.day(date), () => true)).values
}

async function digest(client: Client): Promise<unknown> {
  const [row] = await client.query<{ days: number; digest: string }>(
    `SELECT count(*)::integer AS days,
            md5(string_agg(e::text, '|' ORDER BY e.date)) AS digest FROM calendar_entries e`,
  )
  return row
}

async function history(client: Client): Promise<string[]> {
  const edits = await client.diary.history(sharedDay)
  return edits
    .map(({ field, value, shown }) => `${field}=${value}${shown ? ' (shown)' : ''}`)
    .toSorted()
}

export async function tellStory(transcript: Transcript, server: DemoServer): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'selene-demo-'))
  const networkA = await openTcpProxy(server.url)
  const networkB = await openTcpProxy(server.url)
  const diary = generateDiary({ seed: 'demo', from: firstDay })
  const opened: Client[] = []
  const open = async (name: string, url: URL): Promise<Client> => {
    const platform = nodePlatform({ directory: join(directory, name), image: storeImage })
    const client = await createClient({ platform, server: url, deviceLabel: name })
    opened.push(client)
    return client
  }

  try {
    const phone = await transcript.step(
      'The phone logs a day, with no account and no network',
      async (facts) => {
        await networkA.cut()
        const client = await open('phone', networkA.url)
        await client.diary.edit(firstDay, { 'bleeding.value': 2, 'note.value': ownNotes.a })
        facts.claim('the day reads back', await dayOf(client, firstDay), {
          'bleeding.value': 2,
          'note.value': ownNotes.a,
        })
        const { phase } = await until(client.sync.state, () => true)
        facts.claim('nothing waits for a server', phase, 'local-only')
        await networkA.restore()
        return client
      },
    )

    await transcript.step('She imports two years from another app', async (facts) => {
      const preview = await phone.diary.preview(diary.csv)
      facts.note(
        `${preview.days} days, ${preview.from} to ${preview.to}, ${preview.faults.length} faults, ${preview.conflicts.length} conflicts`,
      )
      facts.claim('the preview found every day', preview.days, diary.days)
      await preview.commit()
      const [row] = await phone.query<{ days: number }>(
        'SELECT count(*)::integer AS days FROM calendar_entries',
      )
      facts.claim('the calendar holds them', row!.days >= diary.days, true)
      const again = await phone.diary.preview(diary.csv)
      facts.claim('a second import would change nothing', again.changing, 0)
    })

    await transcript.step(
      'She registers; what is on the phone goes to the server sealed',
      async (facts) => {
        const { recoveryPhrase } = await phone.account.register({
          identifier: `demo-${Date.now()}@example.org`,
          passphrase: 'seven lamps by the river',
        })
        facts.claim('the recovery phrase has 24 words', recoveryPhrase.split(' ').length, 24)
        await until(phone.sync.state, isSettled)
        facts.claim(
          'nothing is left to send',
          (await until(phone.sync.state, () => true)).unsent,
          0,
        )
      },
    )

    const tablet = await transcript.step('She links a tablet by QR', async (facts) => {
      const client = await open('tablet', networkB.url)
      const joining = await client.vault.join()
      facts.note(
        `the tablet shows ${joining.code.slice(0, 24)}… (${joining.code.length} characters)`,
      )
      await Promise.all([phone.vault.admit(joining.code, { label: 'tablet' }), joining.done])
      await until(client.sync.state, isSettled)
      await sameCalendar(facts, phone, client)
      const [a, b] = await Promise.all([phone, client].map((c) => until(c.vault.state, () => true)))
      facts.claim('both saw the same vault log', b!.fingerprint, a!.fingerprint)
      return client
    })

    await transcript.step('Both lose the network, and she edits one day on both', async (facts) => {
      await Promise.all([networkA.cut(), networkB.cut()])
      await phone.diary.edit(sharedDay, { 'temperature.value': 36.55, 'bleeding.value': 1 })
      await tablet.diary.edit(sharedDay, {
        'mucus.feeling': 2,
        'bleeding.value': 3,
        'note.value': ownNotes.b,
      })
      await until(phone.sync.state, (state) => state.phase === 'offline')
      await until(tablet.sync.state, (state) => state.phase === 'offline')
      facts.claim('the phone shows its own', (await dayOf(phone, sharedDay))['bleeding.value'], 1)
      facts.claim('the tablet shows its own', (await dayOf(tablet, sharedDay))['bleeding.value'], 3)
      facts.claim('both wait', [await unsent(phone), await unsent(tablet)], [1, 1])
    })

    await transcript.step('The network returns', async (facts) => {
      await Promise.all([networkA.restore(), networkB.restore()])
      await Promise.all([phone, tablet].map((client) => until(client.sync.state, isSettled)))
      await converged(phone, tablet)
      await sameCalendar(facts, phone, tablet)
      const day = await dayOf(phone, sharedDay)
      facts.note(`${sharedDay} is now ${JSON.stringify(day)}`)
      facts.claim(
        'different fields of the day are both there',
        [day['temperature.value'], day['mucus.feeling'], day['note.value']],
        [36.55, 2, ownNotes.b],
      )
      const values = await history(phone)
      facts.note(
        `of the same field both values stay readable: ${values.filter((v) => v.startsWith('bleeding')).join(', ')}`,
      )
      facts.claim('one of the two is shown, the same on both', await history(tablet), values)
      facts.claim(
        'none of the two is lost',
        values.filter((v) => v.startsWith('bleeding.value=')).length >= 2,
        true,
      )
    })

    await tellAlertStory(
      transcript,
      { server, open, network: networkA, phoneDirectory: join(directory, 'phone') },
      phone,
    )

    await transcript.step('What the server holds', (facts) =>
      lookForPlaintext(facts, server, [
        ...diary.planted,
        ...Object.values(ownNotes),
        ...alertSecrets,
        'temperature.value',
        'month/2026-03',
      ]),
    )
  } finally {
    await Promise.all(opened.map((client) => client.close()))
    await Promise.all([networkA.close(), networkB.close()])
    await rm(directory, { recursive: true, force: true })
  }
}

async function unsent(client: Client): Promise<number> {
  return (await until(client.sync.state, () => true)).unsent
}

async function sameCalendar(facts: Facts, a: Client, b: Client): Promise<void> {
  facts.claim('both calendars are the same', await digest(b), await digest(a))
}

/** Waits until both calendars are equal; the claims afterwards say what they hold. */
async function converged(a: Client, b: Client): Promise<void> {
  const wanted = async (): Promise<boolean> =>
    JSON.stringify(await digest(a)) === JSON.stringify(await digest(b))
  const deadline = Date.now() + 30_000
  while (!(await wanted()) && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 50))
}

async function lookForPlaintext(
  facts: Facts,
  server: DemoServer,
  words: readonly string[],
): Promise<void> {
  const claim = `none of ${words.length} planted words is in the database`
  if (server.query) {
    const search = await searchPlaintext(server.query, words)
    facts.note(`searched ${search.rows} rows of ${search.tables} tables`)
    facts.claim('there is something to search', search.rows > 100, true)
    facts.claim(claim, search.found, [])
  } else facts.unchecked(claim, 'no access to that server’s database; give --database-url')
  if (server.logLines) {
    const isHit = (line: string): boolean => words.some((word) => line.includes(word))
    facts.claim(
      `nor in ${server.logLines.length} lines of its log`,
      server.logLines.filter(isHit),
      [],
    )
  }
}
