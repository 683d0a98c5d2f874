import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, civilDate, type CivilDate } from '../calendar/index.ts'
import { until } from '../core/live.ts'
import { openTestDevice, type TestDevice } from '../testing/test-device.ts'

let device: TestDevice
beforeAll(async () => {
  device = await openTestDevice()
})
afterAll(() => device.client.close())

const date = (text: string): CivilDate => civilDate(text)!
const client = () => device.client
const bleed = (start: CivilDate, days = 4) =>
  Promise.all(
    Array.from({ length: days }, (_, i) =>
      client().diary.edit(addDays(start, i), { 'bleeding.value': 2 }),
    ),
  )
const cycles = () => until(client().diary.cycles, () => true)
const forecast = () => until(client().diary.forecast, () => true)
const table = () => client().query('SELECT * FROM cycle_data ORDER BY start')

/** The manual clock begins on 2026-05-28 UTC. */
const starts = ['2026-01-31', '2026-02-28', '2026-03-29', '2026-04-26', '2026-05-24'].map(date)

describe('what the days add up to', () => {
  test('C58 is worked out with each edit, in the table and in memory alike', async () => {
    expect((await forecast()).kind).toBe('none')
    for (const start of starts) await bleed(start)
    const { cycles: found } = await cycles()
    expect(found.map(({ start, length }) => [start, length])).toEqual([
      ['2026-01-31', 28],
      ['2026-02-28', 29],
      ['2026-03-29', 28],
      ['2026-04-26', 28],
      ['2026-05-24', undefined],
    ])
    expect((await table()).map((row) => [row['start'], row['length'], row['counts']])).toEqual(
      found.map(({ start, length }) => [start, length ?? null, true]),
    )
    const now = await forecast()
    expect(now).toMatchObject({ kind: 'forecast', cycleStart: '2026-05-24', cycleDay: 5 })
    if (now.kind === 'forecast') {
      expect(now.next.p50 >= date('2026-06-20') && now.next.p50 <= date('2026-06-23')).toBe(true)
      expect(now.later).toHaveLength(13)
    }
  })

  test('C58 is the same after a rebuild, and read from the table by an app that was just opened', async () => {
    const [rows, before] = [await table(), await forecast()]
    await client().diary.rebuild()
    expect(await table()).toEqual(rows)
    expect(await forecast()).toEqual(before)
  })

  test('a cycle that she leaves out counts no longer, and counts again', async () => {
    await client().diary.edit(date('2026-03-10'), { 'cycle.exclude': true })
    expect((await cycles()).cycles[1]).toMatchObject({ notCounted: 'marked' })
    expect((await table())[1]).toMatchObject({ counts: false, not_counted: 'marked' })
    await client().diary.edit(date('2026-03-10'), { 'cycle.exclude': null })
    expect((await table())[1]).toMatchObject({ counts: true, not_counted: null })
  })

  test('bleeding soon after a start is proposed, and a start once she says so', async () => {
    await bleed(date('2026-05-05'), 1)
    expect(await cycles()).toMatchObject({ proposals: ['2026-05-05'] })
    await client().diary.edit(date('2026-05-05'), { 'cycle.start': true })
    const { cycles: found, proposals } = await cycles()
    expect([found.length, proposals]).toEqual([6, []])
    await client().diary.edit(date('2026-05-05'), { 'cycle.start': null, 'bleeding.value': null })
    expect((await cycles()).cycles).toHaveLength(5)
  })

  test('a declared pregnancy pauses the forecast until it is taken back', async () => {
    await client().episodes.put({ id: 'p', kind: 'pregnancy', from: date('2026-05-25') })
    expect(await forecast()).toMatchObject({
      kind: 'paused',
      episode: { kind: 'pregnancy' },
      estimatedDueDate: '2027-02-28',
    })
    expect(await client().query('SELECT kind, first_day FROM declared_episodes')).toEqual([
      { kind: 'pregnancy', first_day: '2026-05-25' },
    ])
    await client().episodes.remove('p')
    expect((await forecast()).kind).toBe('forecast')
  })

  test('C58 a time that makes long cycles likely changes what is probably missing, in the table too', async () => {
    const skipped = async () =>
      Object.fromEntries(
        (await table())
          .filter((row) => row['skip_probability'] !== null)
          .map((row) => [row['start'], row['skip_probability']]),
      )
    const forecasted = async () => {
      const now = await forecast()
      if (now.kind !== 'forecast') throw new TypeError('there is a forecast')
      return Object.fromEntries(now.skipped.map(({ start, probability }) => [start, probability]))
    }
    const before = await skipped()
    expect(before).toEqual(await forecasted())
    await client().episodes.put({ id: 'm', kind: 'perimenopause', from: date('2026-01-01') })
    const declared = await skipped()
    expect(Object.keys(declared)).toEqual(Object.keys(before))
    expect(declared).not.toEqual(before)
    expect(declared).toEqual(await forecasted())
    await client().episodes.remove('m')
    expect(await skipped()).toEqual(before)
  })

  test('C58 she is believed that nothing is missing: in cycles, table, forecast and insights', async () => {
    await Promise.all(
      Array.from({ length: 4 }, (_, i) =>
        client().diary.edit(addDays(date('2026-03-29'), i), { 'bleeding.value': null }),
      ),
    )
    const asked = async () =>
      (await until(client().diary.insights, () => true)).map(({ kind }) => kind)
    expect(await asked()).toContain('possible-missed-log')
    await client().diary.edit(date('2026-04-25'), { 'cycle.start': false })
    expect((await cycles()).cycles[1]).toMatchObject({ length: 57, nothingMissed: true })
    expect((await table())[1]).toMatchObject({ nothing_missed: true, skip_probability: 0 })
    expect(await forecast()).toMatchObject({
      skipped: [{}, { start: '2026-02-28', probability: 0 }, {}],
    })
    const kinds = await asked()
    expect(kinds).not.toContain('possible-missed-log')
    await client().diary.edit(date('2026-04-25'), { 'cycle.start': null })
    await bleed(date('2026-03-29'))
  })

  test('a day that fails to be stored leaves everything as it was', async () => {
    const before = [await table(), await cycles(), await forecast()]
    const { documents } = device.parts
    const failing = documents.write(async (tx) => {
      await documents.edit(tx, 'month/2026-06', (doc) => {
        doc.getMap('registers').set('11|bleeding.value|x', [1, 0, 3])
      })
      throw new Error('full')
    })
    await expect(failing).rejects.toThrow('full')
    expect([await table(), await cycles(), await forecast()]).toEqual(before)
    expect(await until(client().diary.day(date('2026-06-11')), () => true)).toMatchObject({
      values: {},
    })
  })
})

test('a forecast moves on with the day, and is never before it', async () => {
  const { clientClock: clock } = device
  const before = await forecast()
  const seen: number[] = []
  const end = client().diary.forecast.subscribe(() => {
    const state = client().diary.forecast.get()
    if (state.status === 'ready' && state.value.kind === 'forecast') seen.push(state.value.cycleDay)
  })
  await until(client().diary.forecast, () => true)
  for (let hour = 0; hour < 24; hour++) clock.advance(3_600_000)
  await expect.poll(() => seen.at(-1)).toBe(6)
  for (let day = 0; day < 40; day++) clock.advance(86_400_000)
  await expect.poll(() => seen.at(-1)).toBe(46)
  const late = await forecast()
  end()
  expect(before.kind === 'forecast' && late.kind === 'forecast').toBe(true)
  if (late.kind === 'forecast') expect(late.next.p10 >= date('2026-07-08')).toBe(true)
})

test('insights are in the table a moment after the days that they speak of', async () => {
  const shown = await until(client().diary.insights, (list) => list.length > 0)
  const rows = () => client().query('SELECT kind, reason FROM health_insights ORDER BY place')
  await expect.poll(rows).toEqual(shown.map(({ kind, reason }) => ({ kind, reason })))
})

test('reminders are planned with neutral words, and follow what is logged', async () => {
  const { reminders } = client()
  await reminders.put({ id: 'due', kind: 'period-due', on: true, time: '09:00', daysBefore: 2 })
  await reminders.put({
    id: 'pill',
    kind: 'pill',
    on: true,
    time: '21:30',
    pack: 'daily',
    from: date('2026-01-01'),
  })
  await reminders.setQuietHours({ from: '22:00', to: '07:00' })
  const next = await until(reminders.next, (list) => list.length > 0)
  expect(next.some(({ id }) => id === 'pill')).toBe(true)
  expect((await until(reminders.settings, () => true)).quietHours).toEqual({
    from: '22:00',
    to: '07:00',
  })
  await expect(
    reminders.put({ id: 'x', kind: 'period-due', on: true, time: '25:00', daysBefore: 2 }),
  ).rejects.toMatchObject({ code: 'diary/invalid-reminder' })
  await reminders.remove('pill')
  const rest = await until(reminders.settings, ({ rules }) => rules.length === 1)
  expect(rest.rules.map(({ id }) => id)).toEqual(['due'])
  expect(reminders.reach).toBe('none')
})
