import type { BrowserContext, Page } from '@playwright/test'
import { bleeding, dayIsReady, openDay, storing } from './day-page.ts'
import { expect, test } from './fixtures.ts'
import { lockNow, lockedHeading, protect, unlock } from './lock-page.ts'
import { press } from './sos-page.ts'

const pin = '2580'

/** Runs in a page that has not started the app: keeps a copy of the store's file, or puts it back. */
async function copyStore([from, to]: readonly [string, string]): Promise<void> {
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle('selene-store')
  const bytes = await (await (await folder.getFileHandle(from)).getFile()).arrayBuffer()
  const writer = await (await folder.getFileHandle(to, { create: true })).createWritable()
  await writer.write(bytes)
  await writer.close()
}

/** Runs there too: overwrites the beginning of the store's file, where everything hangs on. */
async function spoilStore(): Promise<void> {
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle('selene-store')
  const file = await folder.getFileHandle('store.selene')
  const writer = await file.createWritable({ keepExistingData: true })
  await writer.write({ type: 'write', position: 64, data: new Uint8Array(32_768).fill(7) })
  await writer.close()
}

/** Runs there too: a tab that has ended may hold the store's file for a moment longer. */
async function isStoreFree(): Promise<boolean> {
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle('selene-store')
  const file = await folder.getFileHandle('store.selene')
  try {
    await (await file.createWritable({ keepExistingData: true })).abort()
    return true
  } catch {
    return false
  }
}

/** Locks, ends the tab, and gives a page of the origin without the app. */
async function leaveLocked(context: BrowserContext, page: Page): Promise<Page> {
  await lockNow(page)
  // It opens again once locking is done, and how far the diary is was noted.
  await unlock(page, pin)
  await expect(lockedHeading(page)).toHaveCount(0)
  await lockNow(page)
  await expect(lockedHeading(page)).toBeVisible()
  const aside = await context.newPage()
  await aside.goto(new URL('/icon.svg', page.url()).href)
  await page.close()
  await expect.poll(() => aside.evaluate(isStoreFree)).toBe(true)
  return aside
}

test('K13 a diary that was put back from a copy is said to be older, opens for reading, and as it is', async ({
  openDevice,
}) => {
  const device = await openDevice('phone', { protection: { pin } })
  await openDay(device.page(), '2026-03-02')
  await storing(device.page(), () => bleeding(device.page(), 'Light').check())
  const aside = await leaveLocked(device.context, device.page())
  await aside.evaluate(copyStore, ['store.selene', 'kept'] as const)

  const later = await device.reopen()
  await unlock(later, pin)
  await openDay(later, '2026-03-02')
  await storing(later, () => bleeding(later, 'Heavy').check())
  await (
    await leaveLocked(device.context, later)
  ).evaluate(copyStore, ['kept', 'store.selene'] as const)

  const page = await device.reopen()
  await unlock(page, pin)
  await expect(page.getByRole('heading', { name: 'Your diary is older than it was' })).toBeVisible()
  await press(page, 'Open for reading')
  await expect(page.getByText('Open for reading only: nothing can be written.')).toBeVisible()
  await openDay(page, '2026-03-02')
  await expect(bleeding(page, 'Light')).toBeChecked()
  await bleeding(page, 'Medium').click()
  await expect(
    page.getByText('Not saved. The diary is open for reading only.').first(),
  ).toBeVisible()
  await expect(bleeding(page, 'Light')).toBeChecked()

  await lockNow(page)
  await unlock(page, pin)
  await press(page, 'Go on as it is')
  await dayIsReady(page)
  await storing(page, () => bleeding(page, 'Medium').check())
})

test('C8 a diary whose file is spoilt is said to be damaged, and can be erased to begin anew', async ({
  openDevice,
}) => {
  const device = await openDevice('phone', { protection: { pin } })
  await dayIsReady(device.page())
  await (await leaveLocked(device.context, device.page())).evaluate(spoilStore)

  const page = await device.reopen()
  await expect(page.getByRole('heading', { name: 'Part of your diary is damaged' })).toBeVisible()
  await press(page, 'Open for reading')
  await expect(page.getByText('The diary on this device is damaged.')).toBeVisible()
  await press(page, 'Erase this device’s diary')
  await page.getByRole('dialog').getByRole('button', { name: 'Erase everything' }).click()
  await protect(page)
  await dayIsReady(page)
})
