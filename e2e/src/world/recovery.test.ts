import { until, type RecoverySecret } from '@selene/client-sdk'
import { civilDate, type CivilDate } from '@selene/client-sdk/calendar'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWorld, type Device, type World } from './world.ts'

const day = (text: string): CivilDate => civilDate(text)!
const now = (device: Device) => until(device.client.vault.state, () => true)
const hasDay = (device: Device, date: CivilDate, field: string) =>
  until(device.client.diary.day(date), ({ values }) => field in values)
const identifier = 'person@example.org'
const old = { identifier, passphrase: 'seven lamps by the river' }
const fresh = { identifier, passphrase: 'eight swans on the canal' }

describe('the way back', () => {
  let world: World
  let phone: Device
  let phrase: string

  beforeAll(async () => {
    world = await createWorld('recovery')
    phone = await world.openDevice('phone')
    phrase = (await phone.client.account.register(old)).recoveryPhrase
    await (
      await phone.client.diary.edit(day('2026-03-01'), { 'bleeding.value': 2 })
    ).seen
  }, 120_000)
  afterAll(() => world.close())

  test('a rehearsal proves passphrase and words, and changes nothing', async () => {
    const before = await now(phone)
    const requests = phone.link.counts.requests
    await phone.client.account.rehearse(old)
    await phone.client.account.rehearse({ phrase })
    expect(phone.link.counts.requests).toBeGreaterThan(requests)
    expect(await now(phone)).toEqual(before)
    const wrong: RecoverySecret[] = [
      { ...old, passphrase: 'seven lamps by the lake' },
      { ...old, identifier: 'nobody@example.org' },
      { phrase: await phone.client.account.newPhrase() },
    ]
    for (const secret of wrong)
      await expect(phone.client.account.rehearse(secret)).rejects.toMatchObject({
        code: 'auth/refused',
      })
    await expect(phone.client.account.rehearse({ phrase: 'one two' })).rejects.toMatchObject({
      code: 'auth/phrase-unreadable',
    })
    expect((await until(phone.client.account.state, () => true)).status).toBe('signed-in')
  })

  test('W8 W70 a new device comes back by passphrase, reads everything, and brings what it has', async () => {
    const tablet = await world.openDevice('tablet')
    await tablet.client.diary.edit(day('2026-03-02'), { 'temperature.value': 36.6 })
    const wrong = tablet.client.account.recover({ ...old, passphrase: 'seven lamps by the lake' })
    await expect(wrong).rejects.toMatchObject({ code: 'auth/refused' })
    expect((await until(tablet.client.account.state, () => true)).status).toBe('none')
    await tablet.client.account.recover(old)
    await hasDay(tablet, day('2026-03-01'), 'bleeding.value')
    await hasDay(phone, day('2026-03-02'), 'temperature.value')
    const { news } = await until(phone.client.vault.state, (state) => state.news.length > 0)
    const passphrase = (await now(phone)).members.find(({ kind }) => kind === 'passphrase')!
    expect(news).toEqual([
      { id: tablet.parts.vault.device, kind: 'device', label: 'tablet', by: passphrase.id },
    ])
    await expect(tablet.client.account.recover(old)).rejects.toMatchObject({
      code: 'account/exists',
    })
  })

  test('W10 the words alone bring a device back, after epochs have changed', async () => {
    const gone = (await now(phone)).news[0]!.id
    await phone.client.vault.removeMember(gone)
    await (
      await phone.client.diary.edit(day('2026-03-05'), { 'mood.happy': true })
    ).seen
    const laptop = await world.openDevice('laptop')
    await laptop.client.account.recover({ phrase: ` ${phrase.toUpperCase()} ` })
    await hasDay(laptop, day('2026-03-01'), 'bleeding.value')
    await hasDay(laptop, day('2026-03-05'), 'mood.happy')
    expect((await now(laptop)).fingerprint).toBe((await now(phone)).fingerprint)
  })

  test('an answer that is lost on the way leaves a device that can recover again', async () => {
    const watch = await world.openDevice('watch')
    await world.db.script(`
      CREATE FUNCTION too_late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'lost'; END $$;
      CREATE TRIGGER too_late BEFORE INSERT ON sessions FOR EACH ROW EXECUTE FUNCTION too_late()`)
    await expect(watch.client.account.recover({ phrase })).rejects.toThrow()
    await world.db.script('DROP TRIGGER too_late ON sessions; DROP FUNCTION too_late()')
    await watch.client.account.recover({ phrase })
    await hasDay(watch, day('2026-03-01'), 'bleeding.value')
    const { members } = await now(phone)
    expect(members.filter(({ id }) => id === watch.parts.vault.device)).toHaveLength(1)
  })

  test('W11 a new passphrase is a new member in one entry; the old one opens nothing any more', async () => {
    const before = (await now(phone)).epoch
    await expect(
      phone.client.account.changePassphrase({ by: fresh, next: fresh.passphrase }),
    ).rejects.toMatchObject({ code: 'auth/refused' })
    await phone.client.account.changePassphrase({ by: old, next: fresh.passphrase })
    const { epoch, members } = await now(phone)
    expect(epoch).toBe(before + 1)
    const passphrases = members.filter(({ kind }) => kind === 'passphrase')
    expect(passphrases.map(({ removed }) => removed)).toEqual([false, true])
    await expect(phone.client.account.rehearse(old)).rejects.toMatchObject({ code: 'auth/refused' })
    await phone.client.account.rehearse(fresh)
    const desk = await world.openDevice('desk')
    await desk.client.account.recover(fresh)
    await hasDay(desk, day('2026-03-05'), 'mood.happy')
  })

  test('W11 W16 new words take the place of the old ones, by a secret that counts', async () => {
    const next = await phone.client.account.newPhrase()
    const byOld = phone.client.account.replacePhrase({ by: old, next })
    await expect(byOld).rejects.toMatchObject({ code: 'auth/refused' })
    await expect(phone.client.account.rehearse({ phrase: next })).rejects.toMatchObject({
      code: 'auth/refused',
    })
    await phone.client.account.replacePhrase({ by: fresh, next })
    await expect(phone.client.account.rehearse({ phrase })).rejects.toMatchObject({
      code: 'auth/refused',
    })
    await phone.client.account.rehearse({ phrase: next })
    await phone.client.account.changePassphrase({
      by: { phrase: next },
      next: 'nine gulls at dusk',
    })
    await phone.client.account.rehearse({ identifier, passphrase: 'nine gulls at dusk' })
    phrase = next
  })

  test('a secret of another vault is not taken for this one', async () => {
    const other = await world.addPerson('other')
    for (const act of [
      other.client.account.rehearse({ phrase }),
      other.client.account.replacePhrase({
        by: { phrase },
        next: await other.client.account.newPhrase(),
      }),
    ])
      await expect(act).rejects.toMatchObject({ code: 'vault/foreign' })
  })
})
