/** Comparing digits with a contact, and sharing a part of the calendar, as people do it. */
import { expect, type Locator, type Page } from '@playwright/test'
import { card } from './members-page.ts'
import { visit } from './screen.ts'

/** Opens the page of a contact. */
export async function openContact(page: Page, name: string): Promise<void> {
  await visit(page, '#/people')
  await card(page, 'Your contacts').getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
}

/** The sixty digits that a contact's page shows. */
export async function shownDigits(page: Page): Promise<string> {
  const groups = page.getByRole('list', { name: 'Sixty digits' }).getByRole('listitem')
  await expect(groups).toHaveCount(12)
  return (await groups.allTextContents()).join(' ')
}

/** Fills in what is shared; the rest stays as it is proposed. */
export async function chooseParts(page: Page, parts: readonly RegExp[]): Promise<void> {
  for (const part of parts) await page.getByRole('checkbox', { name: part }).check()
}

/** The one thing that is shared with this person, once it has come. */
export async function openShared(page: Page, name: string): Promise<void> {
  await visit(page, '#/sharing')
  const line = card(page, 'Shared with you').getByRole('link', { name })
  await expect(async () => {
    await page.getByRole('button', { name: 'Look for news now' }).click()
    await expect(line).toBeVisible({ timeout: 3_000 })
  }).toPass()
  await line.click()
}

/** What a day of somebody else says. */
export const sharedDay = (page: Page, day: string): Locator =>
  card(page, 'Days of this month').getByRole('listitem').filter({ hasText: day })
