/** The diary's protection, as a person sets it up, locks and unlocks it. */
import { expect, type Locator, type Page } from '@playwright/test'
import { visit } from './screen.ts'

/** How a new diary is to be protected. */
export type Protection = 'none' | { readonly pin: string } | { readonly passphrase: string }

/** Where a secret is typed: the way to open the diary that is chosen above it may have the same name. */
export const secretField = (place: Page | Locator, name: 'PIN' | 'Passphrase'): Locator =>
  place.locator('input[type=password]').and(place.getByLabel(name, { exact: true }))

/** Says how the diary is protected, and waits until it is open. */
export async function protect(page: Page, protection: Protection = 'none'): Promise<void> {
  await expect(
    page.getByRole('heading', { name: 'How is your diary to be protected?' }),
  ).toBeVisible()
  if (protection === 'none') await page.getByRole('radio', { name: 'No lock for now' }).check()
  else if ('pin' in protection) {
    await page.getByRole('radio', { name: 'A PIN' }).check()
    await secretField(page, 'PIN').fill(protection.pin)
    await page.getByLabel('PIN again').fill(protection.pin)
  } else {
    await page.getByRole('radio', { name: /^A passphrase/ }).check()
    await secretField(page, 'Passphrase').fill(protection.passphrase)
    await page.getByLabel('Passphrase again').fill(protection.passphrase)
  }
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('heading', { name: /protected\?/ })).toHaveCount(0)
}

/** What stands where the diary is locked. */
export const lockedHeading = (page: Page): Locator =>
  page.getByRole('heading', { name: 'Your diary is locked' })

export const lockNow = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Lock the diary now' }).click()

/** Types a PIN and unlocks; whether it opens is for the test to see. */
export async function unlock(page: Page, pin: string): Promise<void> {
  await secretField(page, 'PIN').fill(pin)
  await page.getByRole('button', { name: 'Unlock' }).click()
}

/** The settings of lock and storage. */
export const openLockSettings = (page: Page): Promise<void> => visit(page, '#/lock')
