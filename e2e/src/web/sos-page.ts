/** Calling for help and being called, as people do it. */
import { expect, type Locator, type Page } from '@playwright/test'
import { visit } from './screen.ts'

/** Holds the button until the countdown runs. */
export async function holdForSos(page: Page): Promise<void> {
  await visit(page, '#/sos')
  const button = page.getByRole('button', { name: /Hold for SOS|Keep holding/ })
  await button.hover()
  await page.mouse.down()
  await expect(page.getByRole('timer')).toBeVisible()
  await page.mouse.up()
}

/** How far her alert is. */
export const phase = (page: Page, word: string): Locator =>
  page.getByRole('heading', { name: word, exact: true })

/** Ends an alert that runs, by the button named. */
export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click()

/** The calls that reached this person, one link each. */
export const calls = (page: Page): Locator =>
  page.getByRole('main').getByRole('list').getByRole('link')

/** Opens the call that the banner tells of. */
export async function openCall(page: Page, banner: RegExp): Promise<void> {
  await page.getByRole('alert').getByRole('link', { name: banner }).click()
  await expect(page.getByRole('heading', { name: 'Your answer' })).toBeVisible()
}
