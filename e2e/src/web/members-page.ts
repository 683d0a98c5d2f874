/** Linking by a word, removing devices, and the way back, as a person does it. */
import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test'
import { secretField } from './lock-page.ts'
import { syncWord, visit } from './screen.ts'

/** A card of a screen by its title. */
export const card = (page: Page, title: string): Locator =>
  page.getByRole('region', { name: title, exact: true })

const digits = (page: Page): Locator => page.getByRole('main').locator('.digits')

/** Brings two devices to where both show six digits; returns them. */
export async function meetByWord(
  owner: Page,
  joining: Page,
  { name, pin }: { name: string; pin: string },
): Promise<readonly [string, string]> {
  await visit(joining, '#/devices')
  await joining.getByRole('button', { name: 'Show a word' }).click()
  await expect(digits(joining)).toHaveText(/^[0-9A-Z]{4} [0-9A-Z]{4}$/)
  const word = await digits(joining).innerText()
  await visit(owner, '#/devices')
  const form = card(owner, 'Link a device')
  await form.getByRole('radio', { name: 'By a word' }).check()
  await form.getByLabel('Word of the new device').fill(word.toLowerCase())
  await form.getByLabel('Name of the new device').fill(name)
  await secretField(form, 'PIN').fill(pin)
  await form.getByRole('button', { name: 'Go on' }).click()
  for (const page of [owner, joining])
    await expect(page.getByText('Do both devices show this number?')).toBeVisible()
  return [await digits(owner).innerText(), await digits(joining).innerText()]
}

/** Both sides say that the digits are the same. */
export async function sayTheSame(owner: Page, joining: Page, name: string): Promise<void> {
  for (const page of [owner, joining])
    await page.getByRole('button', { name: 'Yes, the same' }).click()
  await expect(owner.getByText(`${name} is linked.`).first()).toBeVisible()
  await expect(syncWord(joining, 'Up to date')).toBeVisible()
}

/** Types the 24 words into a form. */
export async function typeWords(form: Locator, words: readonly string[]): Promise<void> {
  await form.getByLabel('The 24 words of your account').fill(words.join(' '))
}

export const fingerprint = (page: Page): Locator => page.locator('.fingerprint')

/** From its next question on, the server shows a browser a log of the vault in which one entry is another. */
export async function showOtherHistory(context: BrowserContext): Promise<void> {
  let isTold = false
  await context.route(/\/v1\/shape\/vault_log/, async (route) => {
    const isWhole = new URL(route.request().url()).searchParams.get('offset') === '-1'
    if (!isWhole && !isTold) {
      isTold = true
      return route.fulfill({
        status: 409,
        headers: { 'electric-handle': '1-1' },
        json: [{ headers: { control: 'must-refetch' } }],
      })
    }
    // What waits for news is not looked into: it may be under way when the test ends.
    if (!isWhole) return route.continue()
    const response = await route.fetch()
    const body = (await response.text()).replace(/\\\\x01/, '\\\\x02')
    return route.fulfill({ response, body })
  })
}
