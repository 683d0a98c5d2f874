import { until } from '@selene/client-sdk'
import { civilDate } from '@selene/client-sdk/calendar'
import { expect, test } from 'vitest'
import { createWorld } from './world.ts'

const date = civilDate('2026-03-01')!

test('W17 of an erased account every device stops, by the signed entry, and keeps its diary', async () => {
  const world = await createWorld('erased')
  try {
    const phone = await world.addDevice('phone')
    const tablet = await world.addDevice('tablet')
    await (
      await phone.client.diary.edit(date, { 'bleeding.value': 2 })
    ).seen
    await until(tablet.client.diary.day(date), ({ values }) => values['bleeding.value'] === 2)
    const wrong = { identifier: 'person@example.org', passphrase: 'eight lamps by the river' }
    await expect(phone.client.account.erase(wrong)).rejects.toMatchObject({ code: 'auth/refused' })
    await phone.client.account.erase({ ...wrong, passphrase: 'seven lamps by the river' })
    for (const { client } of [phone, tablet]) {
      const { ending } = await until(client.vault.state, (state) => state.ending !== undefined)
      expect(ending).toBe('erased')
      const { problem } = await until(client.sync.state, (state) => state.phase === 'stuck')
      expect(problem).toBe('vault/erased')
      const { values } = await until(client.diary.day(date), () => true)
      expect(values).toEqual({ 'bleeding.value': 2 })
    }
    expect(await world.db.query('SELECT 1 FROM accounts')).toEqual([])
  } finally {
    await world.close()
  }
}, 120_000)
