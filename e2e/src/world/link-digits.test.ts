import { until } from '@selene/client-sdk'
import { civilDate } from '@selene/client-sdk/calendar'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWorld, type Device, type World } from './world.ts'

const date = civilDate('2026-03-01')!

describe('W20 linking by a word and six digits', () => {
  let world: World
  let phone: Device

  beforeAll(async () => {
    world = await createWorld('link by digits')
    phone = await world.addDevice('phone')
    await (
      await phone.client.diary.edit(date, { 'bleeding.value': 2 })
    ).seen
  }, 120_000)
  afterAll(() => world.close())

  /** From now on the server changes a bit of the keys in messages of that number. */
  const tamperWith = (number: 2 | 3): Promise<void> =>
    world.db.script(`
      CREATE FUNCTION tamper() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        NEW.message := set_byte(NEW.message, 3, get_byte(NEW.message, 3) # 1); RETURN NEW;
      END $$;
      CREATE TRIGGER tamper BEFORE INSERT ON link_messages FOR EACH ROW
        WHEN (NEW.number = ${number}) EXECUTE FUNCTION tamper()`)
  const leaveAlone = (): Promise<void> =>
    world.db.script('DROP TRIGGER tamper ON link_messages; DROP FUNCTION tamper()')

  test('both show the same digits, and nothing happens before both people confirm', async () => {
    const tablet = await world.openDevice('tablet')
    const joining = await tablet.client.vault.joinByDigits()
    const typed = ` ${joining.word.slice(0, 4).toLowerCase()}-${joining.word.slice(4)}`
    const admitting = await phone.client.vault.admitByDigits(typed, { label: 'tablet' })
    expect(admitting.digits).toMatch(/^\d{6}$/)
    expect(await joining.digits).toBe(admitting.digits)
    const before = await until(phone.client.vault.state, () => true)
    expect(before.members.some(({ id }) => id === tablet.parts.vault.device)).toBe(false)
    joining.confirm()
    await Promise.all([admitting.confirm(), joining.done])
    await until(tablet.client.diary.day(date), ({ values }) => values['bleeding.value'] === 2)
  })

  test('a server that puts keys of its own in the place of the member’s makes other digits', async () => {
    await tamperWith(2)
    const laptop = await world.openDevice('laptop')
    const joining = await laptop.client.vault.joinByDigits()
    const admitting = await phone.client.vault.admitByDigits(joining.word, { label: 'laptop' })
    await leaveAlone()
    expect(await joining.digits).not.toBe(admitting.digits)
    // Even if both were confirmed unread, the one-time key is another than the one that was answered.
    joining.confirm()
    admitting.confirm().catch(() => {})
    await expect(joining.done).rejects.toMatchObject({ code: 'link/failed' })
    expect((await until(laptop.client.account.state, () => true)).status).toBe('none')
  })

  test('keys other than those committed to are refused before any digits are shown', async () => {
    await tamperWith(3)
    const watch = await world.openDevice('watch')
    const joining = await watch.client.vault.joinByDigits()
    const admitting = phone.client.vault.admitByDigits(joining.word, { label: 'watch' })
    await expect(admitting).rejects.toMatchObject({ code: 'link/failed' })
    await leaveAlone()
    joining.cancel()
    await expect(joining.done).rejects.toMatchObject({ code: 'link/failed' })
  })

  test('what is no word is refused at once', async () => {
    for (const word of ['', 'ABC', 'ABCDEFGI', 'selene-link:AAAA'])
      await expect(phone.client.vault.admitByDigits(word, { label: 'x' })).rejects.toMatchObject({
        code: 'link/failed',
      })
  })
})
