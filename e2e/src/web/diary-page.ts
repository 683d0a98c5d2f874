/** Bringing a diary into the app and taking it out, as a person does. */
import { readFile } from 'node:fs/promises'
import { addDays, civilDate, type CivilDate } from '@selene/client-sdk/calendar'
import { expect, type Page } from '@playwright/test'
import { generateDiary } from '../demo/diary-generator.ts'
import { visit } from './screen.ts'

const pad = (n: number): string => String(n).padStart(2, '0')

/** The day that it is for the app: browser and test share a clock and a time zone. */
export function today(): CivilDate {
  const now = new Date()
  return civilDate(`${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`)!
}

const months = 22
const days = Math.round((months * 365.2425) / 12)

/** A diary of 22 months whose last day lies so many days back. */
export const diaryUntil = (daysAgo: number): { csv: string; days: number } =>
  generateDiary({ seed: 16, months, from: addDays(today(), -daysAgo - days + 1) })

/** Chooses a file on the screen of imports. */
export async function chooseFile(
  page: Page,
  name: string,
  content: string | Buffer,
): Promise<void> {
  await visit(page, '#/import')
  const input = page.locator('input[type=file]')
  await expect(input).toBeEnabled()
  await input.setInputFiles({
    name,
    mimeType: name.endsWith('.json') ? 'application/json' : 'text/csv',
    buffer: Buffer.from(content),
  })
}

/** Chooses a file and waits for what its import would do. */
export async function previewFile(page: Page, name: string, content: string): Promise<void> {
  await chooseFile(page, name, content)
  await expect(page.getByRole('heading', { name: 'What the import would do' })).toBeVisible()
}

/** Imports what the preview shows. */
export async function commitImport(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'The diary is in' })).toBeVisible()
}

/** Exports in a format and gives the name and the content of the file. */
export async function exportFile(
  page: Page,
  format: RegExp,
): Promise<{ name: string; content: Buffer }> {
  await visit(page, '#/export')
  await page.getByRole('radio', { name: format }).check()
  const waiting = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Make the file' }).click()
  const download = await waiting
  return { name: download.suggestedFilename(), content: await readFile(await download.path()) }
}
