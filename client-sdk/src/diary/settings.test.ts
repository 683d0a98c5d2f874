import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { until } from '../core/live.ts'
import { readRegisters } from '../docs/register.ts'
import { settingsDocument } from '../docs/settings-document.ts'
import { openTestDevice, type TestDevice } from '../testing/test-device.ts'
import { settingChoices, type Settings } from './settings.ts'

let device: TestDevice
beforeAll(async () => {
  device = await openTestDevice()
})
afterAll(() => device.client.close())

const values = (): Promise<Settings> => until(device.client.settings.values, () => true)
const stored = (): Promise<Y.Doc> => device.parts.documents.read(settingsDocument)

test('C69 settings are set, changed and taken back one by one, in a document of their own', async () => {
  const { settings } = device.client
  expect(await values()).toEqual({})
  await settings.set({ language: 'de', theme: 'dark' })
  await settings.set({ language: 'pt-BR', weekStart: 'sunday' })
  expect(await values()).toEqual({ language: 'pt-BR', theme: 'dark', weekStart: 'sunday' })
  await settings.set({ theme: null })
  expect(await values()).toEqual({ language: 'pt-BR', weekStart: 'sunday' })
  expect(await device.client.query('SELECT * FROM settings ORDER BY name')).toEqual([
    { name: 'language', value: 'pt-BR' },
    { name: 'weekStart', value: 'sunday' },
  ])
  expect([...readRegisters(await stored()).keys()].toSorted()).toEqual([
    'setting|language',
    'setting|theme',
    'setting|weekStart',
  ])
  const before = await values()
  await device.client.diary.rebuild()
  expect(await values()).toEqual(before)
})

test.each([{ language: 'not a language' }, { theme: 'pink' }, { weekStart: 1 }, { colour: 'red' }])(
  'C69 settings of %j are refused without their values, and nothing is written',
  async (change) => {
    const before = await values()
    await expect(device.client.settings.set(change as never)).rejects.toMatchObject({
      code: 'diary/invalid-profile',
      faults: [expect.not.stringMatching(/not a language|pink|red/)],
    })
    expect(await values()).toEqual(before)
  },
)

test('C69 the history has the choices of all devices, the one that holds first', async () => {
  const { documents } = device.parts
  await device.client.settings.set({ theme: 'light' })
  await documents.write((tx) =>
    documents.edit(tx, settingsDocument, (doc) => {
      doc.getMap('registers').set('setting|theme|ffff', [0, 7, 'dark'])
      doc.getMap('registers').set('setting|theme|eeee', [0, 7, 'pink'])
    }),
  )
  const edits = (await device.client.settings.history()).filter(({ name }) => name === 'theme')
  expect(edits.map(({ value, shown, by }) => [value, shown, by.kind])).toEqual([
    ['light', true, 'this-device'],
    ['dark', false, 'device'],
  ])
})

test('W31 subjects of other parts and other versions are passed over and kept', async () => {
  const { documents } = device.parts
  await documents.write((tx) =>
    documents.edit(tx, settingsDocument, (doc) => {
      doc.getMap('registers').set('share|1|ffff', [1, 7, 'a statement'])
      doc.getMap('registers').set('setting|colour|ffff', [1, 7, 'red'])
      doc.getMap('registers').set('setting|language|ffff', [99, 7, 12])
    }),
  )
  await device.client.settings.set({ weekStart: 'monday' })
  expect(await values()).toEqual({ theme: 'light', weekStart: 'monday' })
  expect((await stored()).getMap('registers').get('share|1|ffff')).toEqual([1, 7, 'a statement'])
})

test('W29 two devices set different things at once, and both stand', () => {
  const [a, b] = [new Y.Doc(), new Y.Doc()]
  settingChoices.write(a, { writer: 'a', at: 1 }, { theme: 'dark' })
  settingChoices.write(b, { writer: 'b', at: 1 }, { weekStart: 'saturday' })
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b))
  expect(settingChoices.read(readRegisters(a))).toEqual({ theme: 'dark', weekStart: 'saturday' })
})
