import type { Page } from '@playwright/test'
import { bleeding, dayIsReady, note, openDay, storing, write } from './day-page.ts'
import { chooseFile, commitImport, diaryUntil, exportFile, previewFile } from './diary-page.ts'
import { expect, test, type Device } from './fixtures.ts'
import { lockedHeading, lockNow, unlock } from './lock-page.ts'
import { visit } from './screen.ts'
import { holdForSos, phase } from './sos-page.ts'

const pin = '2580'

/** A second tab of the same browser. */
async function anotherTab({ context, page }: Device): Promise<Page> {
  const tab = await context.newPage()
  await tab.goto(page().url())
  return tab
}

test('C110 a second tab works through the first: edits, imports, exports and alerts', async ({
  openDevice,
}) => {
  const device = await openDevice('phone')
  const first = device.page()
  await openDay(first, '2026-03-02')
  const second = await anotherTab(device)
  await openDay(second, '2026-03-02')

  await storing(second, () => bleeding(second, 'Heavy').check())
  await expect(bleeding(first, 'Heavy')).toBeChecked()
  await storing(first, () => write(note(first), 'from the first'))
  await expect(note(second)).toHaveValue('from the first')

  const { csv } = diaryUntil(1)
  await previewFile(second, 'diary.csv', csv)
  await commitImport(second)
  const backup = await exportFile(second, /import here again/)
  expect(JSON.parse(backup.content.toString())).toHaveProperty('days')
  await chooseFile(second, 'broken.json', '{"days":')
  await expect(second.getByText('It breaks off or is damaged.')).toBeVisible()

  await holdForSos(second)
  await visit(first, '#/sos')
  await expect(first.getByRole('timer')).toBeVisible()
  await first.getByRole('button', { name: 'Cancel the alert' }).click()
  await expect(phase(second, 'The alert was cancelled.')).toBeVisible()
})

test('C111 K16 when the first tab dies, the next goes on without asking, and nothing said to be saved is lost', async ({
  openDevice,
}) => {
  const device = await openDevice('phone', { protection: { pin } })
  const first = device.page()
  await openDay(first, '2026-03-02')
  const second = await anotherTab(device)
  await openDay(second, '2026-03-02')
  const third = await anotherTab(device)
  await openDay(third, '2026-03-02')
  await storing(second, () => bleeding(second, 'Heavy').check())

  const started = performance.now()
  await device.kill()
  await storing(third, () => write(note(third), 'after the first'))
  if (process.env['SELENE_MEASURE'])
    process.stdout.write(`goes on after ${Math.round(performance.now() - started)} ms\n`)
  await expect(bleeding(third, 'Heavy')).toBeChecked()
  await expect(note(second)).toHaveValue('after the first')
  await expect(lockedHeading(second)).toHaveCount(0)

  await second.close()
  await expect(note(third)).toHaveValue('after the first')
  await storing(third, () => write(note(third), 'alone'))
  await third.reload()
  await expect(lockedHeading(third)).toBeVisible()
  await unlock(third, pin)
  await expect(note(third)).toHaveValue('alone')
  await expect(bleeding(third, 'Heavy')).toBeChecked()
})

test('C112 locked in one tab is locked in all, also for a tab that goes on afterwards', async ({
  openDevice,
}) => {
  const device = await openDevice('phone', { protection: { pin } })
  await dayIsReady(device.page())
  const second = await anotherTab(device)
  await dayIsReady(second)
  await lockNow(second)
  for (const tab of [device.page(), second]) await expect(lockedHeading(tab)).toBeVisible()
  await device.kill()
  await unlock(second, '1397')
  await expect(second.getByText('That does not open the diary.')).toBeVisible()
  await unlock(second, pin)
  await dayIsReady(second)
})
