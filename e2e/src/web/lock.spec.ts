import type { Page } from '@playwright/test'
import { bleeding, dayIsReady, note, openDay, storing, write } from './day-page.ts'
import { expect, test } from './fixtures.ts'
import {
  lockedHeading,
  lockNow,
  openLockSettings,
  protect,
  secretField,
  unlock,
} from './lock-page.ts'
import { signUp } from './account-page.ts'
import { syncWord, visit } from './screen.ts'
import { holdForSos, phase, press } from './sos-page.ts'
import { findStored, leaveInTheOpen } from './stored-plaintext.ts'

const pin = '2580'
const passphrase = 'seven lamps by the river harbour quilt'

async function logDay(page: Page): Promise<void> {
  await openDay(page, '2026-03-02')
  await storing(page, () => bleeding(page, 'Heavy').check())
}

test('C7 with a PIN the diary is shut when she locks it and after each start, and opens whole', async ({
  openDevice,
}) => {
  const page = (await openDevice('phone', { protection: { pin } })).page()
  await logDay(page)
  await lockNow(page)
  await expect(lockedHeading(page)).toBeVisible()
  await expect(page.getByRole('navigation').getByRole('link')).toHaveText(['Diary', 'SOS'])

  await unlock(page, '1397')
  await expect(page.getByText('That does not open the diary.')).toBeVisible()
  await unlock(page, pin)
  await dayIsReady(page)
  await expect(bleeding(page, 'Heavy')).toBeChecked()

  await page.reload()
  await expect(lockedHeading(page)).toBeVisible()
  await unlock(page, pin)
  await dayIsReady(page)
  await expect(bleeding(page, 'Heavy')).toBeChecked()
})

test('K9 after the fifth wrong PIN she is told how long to wait', async ({ openDevice }) => {
  const page = (await openDevice('phone', { protection: { pin } })).page()
  await lockNow(page)
  for (let attempt = 0; attempt < 5; attempt++) {
    await unlock(page, '1397')
    // An empty field says that the attempt was answered.
    await expect(secretField(page, 'PIN')).toHaveValue('')
    await expect(page.getByText('That does not open the diary.')).toBeVisible()
  }
  await unlock(page, pin)
  await expect(page.getByRole('timer')).toContainText(/possible in 0:[0-3]\d/)
  await expect(page.getByRole('button', { name: 'Unlock' })).toBeDisabled()
})

test('W47 an SOS needs no diary: before there is one, and while it is locked', async ({
  openDevice,
}) => {
  const device = await openDevice('phone', { at: '#/sos', protection: 'later' })
  const page = device.page()
  await expect(page.getByRole('button', { name: /Hold for SOS/ })).toBeEnabled()
  await visit(page, '#/today')
  await protect(page, { pin })
  await signUp(page, 'locked')
  await lockNow(page)
  await expect(lockedHeading(page)).toBeVisible()
  await holdForSos(page)
  await press(page, 'Send now')
  await expect(phase(page, 'Sent. You have no contacts, so nobody you know is told.')).toBeVisible()
  await visit(page, '#/today')
  await expect(lockedHeading(page)).toBeVisible()
})

test('C7 it locks by itself after a time without a touch', async ({ openDevice }) => {
  const page = (await openDevice('phone', { protection: { pin } })).page()
  await dayIsReady(page)
  await openLockSettings(page)
  await page.getByRole('radio', { name: '1 minute' }).check()
  await visit(page, '#/today')
  await dayIsReady(page)
  await expect(lockedHeading(page)).toBeVisible({ timeout: 90_000 })
})

test('K10 K4 a passphrase is taken once it is hard to guess, and recovery words open too', async ({
  openDevice,
}) => {
  const page = (await openDevice('phone', { protection: 'later' })).page()
  await page.getByRole('radio', { name: /^A passphrase/ }).check()
  const field = secretField(page, 'Passphrase')
  await field.fill('password')
  await expect(page.getByText('Too easy to guess.')).toBeVisible()
  await field.fill(passphrase)
  await expect(page.getByText('Hard to guess.')).toBeVisible()
  await page.getByLabel('Passphrase again').fill(passphrase)
  await page.getByRole('checkbox', { name: /24 recovery words/ }).check()
  await page.getByRole('button', { name: 'Start' }).click()
  const words = page.getByRole('list', { name: 'Recovery words' }).getByRole('listitem')
  await expect(words).toHaveCount(24)
  const phrase = (await words.allTextContents()).join('  ').toUpperCase()
  await press(page, 'I have written them down')
  await logDay(page)

  await lockNow(page)
  await secretField(page, 'Passphrase').fill(passphrase)
  await press(page, 'Unlock')
  await dayIsReady(page)
  await lockNow(page)
  await page.getByRole('radio', { name: 'Recovery words' }).check()
  await page.getByLabel('The 24 words').fill(phrase)
  await press(page, 'Unlock')
  await dayIsReady(page)
  await expect(bleeding(page, 'Heavy')).toBeChecked()
})

test('K7 a lock that is set later shuts the diary; it can be changed, checked, and all of it erased', async ({
  openDevice,
}) => {
  const page = (await openDevice('phone')).page()
  await logDay(page)
  await expect(page.getByRole('button', { name: 'Lock the diary now' })).toHaveCount(0)
  await openLockSettings(page)
  await press(page, 'Set a lock')
  const dialog = page.getByRole('dialog')
  await secretField(dialog, 'PIN').fill(pin)
  await dialog.getByLabel('PIN again').fill(pin)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toHaveCount(0)

  await press(page, 'Remove: PIN')
  await secretField(dialog, 'PIN').fill(pin)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('This is the only way to open the diary.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await press(page, 'Change: PIN')
  await secretField(dialog, 'PIN').fill(pin)
  await dialog.getByLabel('New PIN', { exact: true }).fill('8246')
  await dialog.getByLabel('New PIN again').fill('8246')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toHaveCount(0)

  await press(page, 'Check the file')
  await expect(page.getByText('Everything in the file is as it was written.')).toBeVisible()

  await lockNow(page)
  await unlock(page, pin)
  await expect(page.getByText('That does not open the diary.')).toBeVisible()
  await unlock(page, '8246')
  await expect(page.getByRole('heading', { name: 'What opens the diary' })).toBeVisible()

  await press(page, 'Erase this device’s diary')
  await dialog.getByRole('button', { name: 'Erase everything' }).click()
  await protect(page)
  await openDay(page, '2026-03-02')
  await expect(bleeding(page, 'Heavy')).not.toBeChecked()
})

test('nothing that she wrote, and no secret, is in a file or a database in the clear', async ({
  openDevice,
}) => {
  const device = await openDevice('phone', { protection: { pin: '7391486205' } })
  const page = device.page()
  await openDay(page, '2026-03-02')
  await storing(page, () => write(note(page), 'planted quicksilver'))
  await signUp(page, 'planted')
  await expect(syncWord(page, 'Up to date')).toBeVisible()
  await lockNow(page)
  await expect(lockedHeading(page)).toBeVisible()
  const origin = page.url()
  await page.close()

  const reader = await device.context.newPage()
  await reader.goto(new URL('/icon.svg', origin).href)
  const words = ['quicksilver', '7391486205', 'seven lamps by the river', 'planted-']
  await reader.evaluate(leaveInTheOpen, 'gossamer')
  expect(await reader.evaluate(findStored, [...words, 'gossamer'])).toEqual([
    'gossamer in /open.txt',
  ])
})
