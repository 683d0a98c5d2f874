import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, until, type Client } from '@selene/client-sdk'
import { civilDate, type CivilDate } from '@selene/client-sdk/calendar'
import { nodePlatform } from '@selene/client-sdk/node'
import { expect, test } from 'vitest'
import { createWorld } from './world.ts'

const day = (text: string): CivilDate => civilDate(text)!
const account = { identifier: 'person@example.org', passphrase: 'seven lamps by the river' }
const valuesOf = async (client: Client, date: CivilDate) =>
  (await until(client.diary.day(date), () => true)).values
const devicesOf = async (client: Client) => {
  const { members } = await until(client.vault.state, () => true)
  return members.filter(({ kind }) => kind === 'device')
}
const sent = (client: Client) =>
  until(client.sync.state, ({ phase, unsent }) => phase === 'live' && unsent === 0)

test('W37 a restored store becomes a device of its own, and writes no blanks over what it lacks', async () => {
  const world = await createWorld('restored')
  const directory = await mkdtemp(join(tmpdir(), 'selene-restored-'))
  const [phone, backup] = ['phone', 'backup'].map((name) => join(directory, name))
  const open = (place: string) =>
    createClient({
      platform: { ...nodePlatform({ directory: place }), network: world.server.fetch },
      server: 'http://server.test',
      deviceLabel: 'phone',
    })
  try {
    const first = await open(phone!)
    await first.account.register(account)
    await (
      await first.diary.edit(day('2026-04-01'), { 'bleeding.value': 1 })
    ).seen
    await sent(first)
    await first.close()
    await cp(phone!, backup!, { recursive: true })

    const later = await open(phone!)
    await later.diary.edit(day('2026-04-01'), { 'bleeding.value': 3 })
    await later.diary.edit(day('2026-04-02'), { 'mood.happy': true })
    await sent(later)
    await later.close()

    const restored = await open(backup!)
    const [old] = await devicesOf(restored)
    await restored.diary.edit(day('2026-04-03'), { 'mood.sad': true })
    // Two stores hold one session now, which ends it: she signs in, and the copy can go on.
    await until(restored.account.state, ({ status }) => status === 'session-ended')
    await restored.account.signIn(account)
    await until(restored.vault.state, ({ epoch }) => epoch === 2)
    await sent(restored)
    expect(await devicesOf(restored)).toMatchObject([
      { id: expect.not.stringMatching(old!.id), kind: 'device', label: 'phone', removed: false },
      { ...old!, removed: true },
    ])
    expect(await valuesOf(restored, day('2026-04-01'))).toEqual({ 'bleeding.value': 3 })
    expect(await valuesOf(restored, day('2026-04-02'))).toEqual({ 'mood.happy': true })
    const { setAside } = await until(restored.sync.state, () => true)
    expect(setAside).toBe(0)
    await restored.close()

    // A third device has it all; the one whose identity was copied has to join again, and lost nothing.
    const other = await world.openDevice('other')
    await other.client.account.recover(account)
    await until(other.client.diary.day(day('2026-04-03')), ({ values }) => 'mood.sad' in values)
    expect(await valuesOf(other.client, day('2026-04-01'))).toEqual({ 'bleeding.value': 3 })
    const original = await open(phone!)
    await until(original.vault.state, ({ ending }) => ending === 'removed')
    expect(await valuesOf(original, day('2026-04-02'))).toEqual({ 'mood.happy': true })
    await original.close()

    const again = await open(backup!)
    await again.diary.edit(day('2026-04-04'), { 'mood.happy': true })
    await sent(again)
    expect(await devicesOf(again)).toHaveLength(3)
    await again.close()
  } finally {
    await world.close()
    await rm(directory, { recursive: true, force: true })
  }
}, 120_000)
