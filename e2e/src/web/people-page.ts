/** Trust between two people, and offering help nearby, as they do it. */
import { expect, type Page } from '@playwright/test'
import { visit } from './screen.ts'

/** Sets the name that others see. */
async function setOwnName(page: Page, name: string): Promise<void> {
  await visit(page, '#/people')
  await page.getByRole('textbox', { name: 'Your name' }).fill(name)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled()
}

/** Makes an invitation, and returns its link. */
export async function invite(page: Page, name: string): Promise<string> {
  await visit(page, '#/people')
  await page.getByLabel('What you call them', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Make an invitation' }).click()
  const link = page.getByRole('textbox', { name: 'Invitation link' })
  await expect(link).not.toHaveValue('')
  return link.inputValue()
}

interface Person {
  readonly page: Page
  readonly name: string
}

/** Makes two people with accounts each other's contact; the first one's kit knows it. */
export async function befriend(her: Person, friend: Person): Promise<void> {
  await Promise.all([her, friend].map(({ page, name }) => setOwnName(page, name)))
  const link = await invite(her.page, friend.name)
  await friend.page.getByLabel('Paste an invitation').fill(link)
  await friend.page.getByRole('button', { name: 'Accept', exact: true }).click()
  await expect(friend.page.getByText(`You and ${her.name} are now`).first()).toBeVisible()
  await her.page.getByRole('button', { name: 'Done' }).click()
  await expect(her.page.getByText('Trusted: gets your alerts')).toBeVisible()
  await visit(her.page, '#/sos')
  await expect(her.page.getByText('Your alert goes to 1 person you trust.')).toBeVisible()
}

/** Offers help nearby, and waits until the server has the cell. */
export async function offerHelp(page: Page): Promise<void> {
  await visit(page, '#/people')
  await page.getByRole('switch', { name: 'I want to help nearby' }).check()
  await expect(page.getByText(/^Last sent/)).toBeVisible()
}
