import { addDays } from '@selene/client-sdk/calendar'
import { dayIsReady } from './day-page.ts'
import {
  chooseFile,
  commitImport,
  diaryUntil,
  exportFile,
  previewFile,
  today,
} from './diary-page.ts'
import { expect, test } from './fixtures.ts'
import { visit } from './screen.ts'

test('a diary of another app is looked at, brought in, and makes a forecast', async ({
  openDevice,
}) => {
  const page = (await openDevice('phone')).page()
  const { csv, days } = diaryUntil(1)
  await previewFile(page, 'diary.csv', csv)
  await expect(page.getByRole('definition').filter({ hasText: `${days} days,` })).toBeVisible()

  // Nothing was written yet.
  await visit(page, '#/month')
  await expect(page.getByText('No forecast yet')).toBeVisible()

  await previewFile(page, 'diary.csv', csv)
  await commitImport(page)
  await page.getByRole('link', { name: 'See the calendar' }).click()
  const expected = page.getByRole('region', { name: 'What is expected' })
  await expect(expected).toContainText(/Next period: most likely|later than expected/)
  await expect(expected).toContainText(/8 (of|in) 10/)
  await page.getByRole('link', { name: 'Next month' }).click()
  await expect(page.getByRole('gridcell', { name: /period expected: / }).first()).toBeVisible()
  await expect(page.getByRole('gridcell', { name: /fertile/ })).toHaveCount(0)

  await page.getByRole('link', { name: 'Insights' }).click()
  await expect(page.getByText('A period comes about every')).toBeVisible()
  await expect(page.getByRole('img', { name: 'Cycle lengths' })).toBeVisible()
  await expect(page.getByRole('img', { name: 'Symptoms by phase of the cycle' })).toBeVisible()
  await expect(page.getByRole('img', { name: /^The year / })).toBeVisible()
  await page.getByText('The drawing as a table').first().click()
  const lengths = page.getByRole('group', { name: 'Cycle lengths' })
  await expect(lengths.getByRole('columnheader', { name: 'Length' })).toBeVisible()

  await page.getByRole('link', { name: 'Cycle', exact: true }).click()
  await page.getByRole('link', { name: 'Previous cycle' }).click()
  await expect(page.getByRole('img', { name: /^Temperature curve/ })).toBeVisible()
  await page.getByRole('switch', { name: 'Leave this cycle out' }).check()
  await expect(page.getByText('You left it out')).toBeVisible()
})

test('what she takes out of her diary is whole, and comes in again unchanged', async ({
  openDevice,
}) => {
  const page = (await openDevice('phone')).page()
  await previewFile(page, 'diary.csv', diaryUntil(1).csv)
  await commitImport(page)

  const backup = await exportFile(page, /import here again/)
  expect(backup.name).toBe('notes.json')
  await previewFile(page, backup.name, backup.content.toString())
  await expect(page.getByText('All of it is in your diary already.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()

  const report = await exportFile(page, /PDF/)
  expect(report.name).toBe('notes.pdf')
  expect(report.content.subarray(0, 5).toString()).toBe('%PDF-')

  const { content } = await exportFile(page, /FHIR/)
  expect(JSON.parse(content.toString())).toMatchObject({ resourceType: 'Bundle' })

  const table = await exportFile(page, /drip/)
  await previewFile(page, table.name, table.content.toString())
  await expect(page.getByText('All of it is in your diary already.')).toBeVisible()
})

test('of a table of another program she says what its columns are', async ({ openDevice }) => {
  const page = (await openDevice('phone')).page()
  await chooseFile(page, 'broken.json', '{"days":')
  await expect(page.getByText('It breaks off or is damaged.')).toBeVisible()

  const table = 'When;Bleeding;Weight\n03/04/2025;1;60\n04/04/2025;2;61\n'
  await chooseFile(page, 'table.csv', table)
  await expect(page.getByRole('heading', { name: 'What are the columns?' })).toBeVisible()
  await page.getByRole('button', { name: 'See what it would do' }).click()
  await expect(page.getByText('Choose how dates are written.')).toBeVisible()

  await page.getByRole('radio', { name: /^Day, month, year/ }).check()
  await page.getByLabel('“1” means').selectOption('Light')
  await page.getByLabel('“2” means').selectOption('Heavy')
  await page.getByRole('radio', { name: 'kg' }).check()
  await page.getByRole('button', { name: 'See what it would do' }).click()
  await expect(page.getByText('2 days, 3 April 2025 to 4 April 2025')).toBeVisible()
  await commitImport(page)

  await visit(page, '#/month/2025-04')
  const grid = page.getByRole('grid', { name: 'April 2025' })
  await expect(grid.getByRole('link', { name: /^4 April 2025, bleeding: heavy/ })).toBeVisible()
})

test('she is asked about a period that may be missing, and is believed', async ({ openDevice }) => {
  const device = await openDevice('phone')
  const page = device.page()
  await previewFile(page, 'diary.csv', diaryUntil(45).csv)
  await commitImport(page)
  await visit(page, '#/month')
  const question = page.getByRole('heading', { name: 'Did you forget to log a period?' })
  await expect(question).toBeVisible()
  await page.getByRole('button', { name: 'No, nothing was missed' }).click()
  await expect(question).toHaveCount(0)
  await expect(page.getByText('You said that no period was missed.')).toBeVisible()

  // It is in the diary, and may be taken back there.
  const said = addDays(today(), -1)
  await visit(page, `#/day/${said}`)
  await dayIsReady(page)
  await page.getByRole('radio', { name: 'As worked out' }).check()
  await visit(page, '#/month')
  await expect(question).toBeVisible()

  await page.getByRole('button', { name: 'Yes, log it' }).click()
  await page.getByLabel('It began on').fill(addDays(today(), -20))
  await page.getByRole('radio', { name: 'Medium' }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(question).toHaveCount(0)
  await expect(page.getByText('Day 21 of this cycle')).toBeVisible()
})

test('at 320 px and 200 % text the calendar does not scroll sideways', async ({ openDevice }) => {
  const page = (await openDevice('phone', { textPixels: 32 })).page()
  await previewFile(page, 'diary.csv', diaryUntil(1).csv)
  await commitImport(page)
  await page.setViewportSize({ width: 320, height: 640 })
  for (const language of ['English', 'Deutsch']) {
    await visit(page, '#/settings')
    await page.getByRole('radio', { name: language }).check()
    for (const name of ['month', 'cycle', 'insights', 'import', 'export']) {
      await visit(page, `#/${name}`)
      await expect(page.locator('.screen h1')).toHaveCount(1)
      if (name === 'cycle' || name === 'insights')
        await expect(page.locator('.chart svg').first()).toBeVisible()
      const sideways = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement
        return scrollWidth - clientWidth
      })
      expect.soft(sideways, `${language} ${name}`).toBe(0)
    }
  }
})
