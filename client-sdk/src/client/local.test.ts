import { describe, expect, test } from 'vitest'
import type { CivilDate } from '../calendar/index.ts'
import { createClient, until } from '../index.ts'
import { memoryPlatform } from '../testing/index.ts'

describe('a client without a server', () => {
  test('logs a day and reads it back', async () => {
    await using client = await createClient({ platform: memoryPlatform() })
    const date = '2026-03-10' as CivilDate
    await client.diary.edit(date, { 'bleeding.value': 2, 'note.value': 'hello' })
    const day = await until(client.diary.day(date), () => true)
    expect(day.values).toEqual({ 'bleeding.value': 2, 'note.value': 'hello' })
    const rows = await client.query('SELECT date, bleeding_value FROM calendar_entries')
    expect(rows).toEqual([{ date: '2026-03-10', bleeding_value: 2 }])
    await expect(client.query('SELECT * FROM device')).rejects.toThrow(/permission denied/)
  })
})
