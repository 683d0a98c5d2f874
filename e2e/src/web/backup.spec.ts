import { bleeding, note, openDay, storing, write } from './day-page.ts'
import { expect, test } from './fixtures.ts'
import { visit } from './screen.ts'
import { press } from './sos-page.ts'

const passphrase = 'copper lantern drifts across nine quiet orchards'

test('W42 a sealed backup of one browser brings the days to another; a wrong passphrase is told', async ({
  openDevice,
}, info) => {
  const phone = (await openDevice('phone')).page()
  await openDay(phone, '2026-03-02')
  await storing(phone, () => bleeding(phone, 'Heavy').check())
  await storing(phone, () => write(note(phone), 'kept in the drawer'))
  await visit(phone, '#/backup')
  await phone.getByLabel('New passphrase', { exact: true }).fill(passphrase)
  await phone.getByLabel('New passphrase again').fill(passphrase)
  const downloading = phone.waitForEvent('download')
  await press(phone, 'Make the backup')
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^notes-\d{4}-\d\d-\d\d\.bin$/)
  const path = info.outputPath('kept.bin')
  await download.saveAs(path)

  const laptop = (await openDevice('laptop')).page()
  await visit(laptop, '#/restore')
  await laptop.getByLabel('The backup file').setInputFiles(path)
  const secret = laptop.getByLabel('Passphrase of the backup')
  await secret.fill('another one')
  await press(laptop, 'Restore')
  await expect(laptop.getByRole('alert').first()).toBeVisible()
  await secret.fill(passphrase)
  await press(laptop, 'Restore')
  await expect(laptop.getByText('The backup is restored.').first()).toBeVisible()
  await openDay(laptop, '2026-03-02')
  await expect(bleeding(laptop, 'Heavy')).toBeChecked()
  await expect(note(laptop)).toHaveValue('kept in the drawer')

  // What was written last can be taken back.
  await storing(laptop, () => bleeding(laptop, 'Light').check())
  await press(laptop, 'Undo the last change')
  await expect(bleeding(laptop, 'Heavy')).toBeChecked()
})
