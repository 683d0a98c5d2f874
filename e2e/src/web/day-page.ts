/** The screen of one day, as a person finds her way on it. */
import { expect, type Locator, type Page } from '@playwright/test'
import { visit } from './screen.ts'

type Bleeding = 'None' | 'Spotting' | 'Light' | 'Medium' | 'Heavy'

/** Opens a day, and waits until it has been read. */
export async function openDay(page: Page, date: string): Promise<void> {
  await visit(page, `#/day/${date}`)
  await expect(page.getByLabel('Pick a day')).toHaveValue(date)
  await dayIsReady(page)
}

/** Nothing can be entered before the store has said what is there. */
export const dayIsReady = (page: Page): Promise<void> =>
  expect(page.locator('fieldset.day-form')).toBeEnabled()

export const bleeding = (page: Page, strength: Bleeding): Locator =>
  page
    .getByRole('region', { name: 'Bleeding', exact: true })
    .getByRole('radio', { name: strength, exact: true })

export const feeling = (page: Page, name: string): Locator => page.getByRole('checkbox', { name })

export const temperature = (page: Page): Locator =>
  page.getByRole('textbox', { name: 'Temperature', exact: true })

export const note = (page: Page): Locator =>
  page.getByRole('textbox', { name: 'Note', exact: true })

/** Types and goes on, which is what stores a text. */
export async function write(field: Locator, text: string): Promise<void> {
  await field.fill(text)
  await field.blur()
}

/** Does what changes the day, and waits until it is said that this is durable. */
export async function storing(page: Page, act: () => Promise<void>): Promise<void> {
  const said = page.getByRole('status').filter({ hasText: 'Saved on this device' })
  // Said again it differs by an unseen character, so that screen readers say it again too.
  const before = await said.allTextContents()
  await act()
  await expect.poll(() => said.allTextContents()).not.toEqual(before)
}
