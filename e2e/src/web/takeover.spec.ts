import type { CivilDate } from '@selene/client-sdk/calendar'
import { bleeding, dayIsReady, note, openDay } from './day-page.ts'
import { expect, test } from './fixtures.ts'
import { lockNow, lockedHeading, protect, unlock } from './lock-page.ts'
import { leavePlainDiary } from './plain-diary.ts'
import { visit } from './screen.ts'
import { findStored } from './stored-plaintext.ts'

const date = '2026-03-02' as CivilDate
const pin = '2580'

test('C6 a diary of a version that did not encrypt it is taken over whole, and nothing of it stays in the open', async ({
  openDevice,
}) => {
  const device = await openDevice('phone', { at: 'icon.svg', protection: 'later' })
  const page = device.page()
  await leavePlainDiary(page, async ({ diary }) => {
    await diary.edit(date, { 'bleeding.value': 3, 'note.value': 'planted quicksilver' })
  })
  expect(await page.evaluate(findStored, ['quicksilver'])).not.toEqual([])

  await visit(page, '/#/today')
  await expect(page.getByText('which is not encrypted yet')).toBeVisible()
  await protect(page, { pin })
  await openDay(page, date)
  await expect(bleeding(page, 'Heavy')).toBeChecked()
  await expect(note(page)).toHaveValue('planted quicksilver')

  await lockNow(page)
  await expect(lockedHeading(page)).toBeVisible()
  await unlock(page, pin)
  await dayIsReady(page)
  await lockNow(page)
  await expect(lockedHeading(page)).toBeVisible()
  const reader = await device.context.newPage()
  await reader.goto(new URL('/icon.svg', page.url()).href)
  await page.close()
  expect(await reader.evaluate(findStored, ['quicksilver'])).toEqual([])
})
