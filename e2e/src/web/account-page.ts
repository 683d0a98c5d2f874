/** Accounts and linking, as a person does them. */
import { expect, type Page } from '@playwright/test'
import { syncWord, visit } from './screen.ts'

export const passphrase = 'seven lamps by the river'

export interface NewAccount {
  readonly identifier: string
  /** The words of the recovery phrase. */
  readonly words: readonly string[]
}

/** The words that are shown, once all are. */
export async function shownWords(page: Page): Promise<readonly string[]> {
  const words = page.getByRole('list', { name: 'Recovery phrase' }).getByRole('listitem')
  await expect(words).toHaveCount(24)
  return words.allTextContents()
}

/** Says that the words are on paper. */
export const sayWritten = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'I have written them down' }).click()

/** Types the words that are asked for. */
export async function typeAskedWords(page: Page, words: readonly string[]): Promise<void> {
  const asked = page.getByLabel(/^Word \d+$/)
  await expect(asked).toHaveCount(3)
  for (const field of await asked.all()) {
    const label = await field.evaluate((input: HTMLInputElement) => input.labels![0]!.textContent)
    await field.fill(words[Number(label.replace('Word ', '')) - 1]!)
  }
  await page.getByRole('button', { name: 'Check', exact: true }).click()
}

/** Fills in the form and waits for the recovery phrase. */
export async function createAccount(page: Page, name: string): Promise<NewAccount> {
  await visit(page, '#/devices')
  const identifier = `${name}-${Date.now()}@example.org`
  await page.getByLabel('Name for signing in').fill(identifier)
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.getByLabel('Passphrase again').fill(passphrase)
  await page.getByRole('button', { name: 'Create account' }).click()
  return { identifier, words: await shownWords(page) }
}

/** Creates an account, and waits until the device is in step with the server. */
export async function signUp(page: Page, name: string): Promise<NewAccount> {
  const account = await createAccount(page, name)
  await sayWritten(page)
  await typeAskedWords(page, account.words)
  await expect(syncWord(page, 'Up to date')).toBeVisible()
  return account
}

/** Lets a browser without an account into the diary of one that has one. */
export async function link(owner: Page, joining: Page, name: string): Promise<void> {
  await visit(joining, '#/devices')
  await joining.getByRole('button', { name: 'Show a code' }).click()
  const code = joining.getByRole('textbox', { name: 'Code for linking' })
  await expect(code).not.toHaveValue('')
  await visit(owner, '#/devices')
  await owner.getByLabel('Code of the new device').fill(await code.inputValue())
  await owner.getByLabel('Name of the new device').fill(name)
  await owner.getByRole('button', { name: 'Link this device' }).click()
  await expect(owner.getByText(`${name} is linked.`).first()).toBeVisible()
  await expect(syncWord(joining, 'Up to date')).toBeVisible()
}
