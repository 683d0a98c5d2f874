/** Moving between the app's screens as a bookmark would, and what is on all of them. */
import type { Locator, Page } from '@playwright/test'

/** @param hash A route of the app, as `#/month/2026-03`. */
export async function visit(page: Page, hash: string): Promise<void> {
  await page.goto(new URL(hash, page.url()).href)
}

/** The app's files are on the device, so that it opens with no network. */
export const shellIsKept = (page: Page): Promise<void> =>
  page.evaluate(async () => void (await navigator.serviceWorker.ready))

/** How far sync is, in a word. */
export const syncWord = (page: Page, word: string): Locator =>
  page.getByRole('banner').getByRole('link', { name: word, exact: true })
