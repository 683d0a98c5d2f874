/** Accounts and linking, as a person does them. */
import { expect, type Page } from '@playwright/test'
import { syncWord, visit } from './screen.ts'

const passphrase = 'seven lamps by the river'

/** Fills in the form and waits for the recovery phrase. */
export async function createAccount(page: Page, name: string): Promise<void> {
  await visit(page, '#/devices')
  await page.getByLabel('Name for signing in').fill(`${name}-${Date.now()}@example.org`)
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.getByLabel('Passphrase again').fill(passphrase)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(
    page.getByRole('list', { name: 'Recovery phrase' }).getByRole('listitem'),
  ).toHaveCount(24)
}

/** Creates an account, and waits until the device is in step with the server. */
export async function signUp(page: Page, name: string): Promise<void> {
  await createAccount(page, name)
  await page.getByRole('button', { name: 'I have written them down' }).click()
  await expect(syncWord(page, 'Up to date')).toBeVisible()
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
