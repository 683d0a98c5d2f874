import { signUp } from './account-page.ts'
import { bleeding, dayIsReady, note, openDay, storing, write } from './day-page.ts'
import { expect, test } from './fixtures.ts'
import { shellIsKept, syncWord, visit } from './screen.ts'
import { holdForSos, phase } from './sos-page.ts'

test('with the server gone the app opens, keeps what she writes, and sends her SOS when it is back', async ({
  server,
  openDevice,
}) => {
  const page = (await openDevice('phone')).page()
  await openDay(page, '2026-03-02')
  await storing(page, () => bleeding(page, 'Light').check())
  await signUp(page, 'offline')
  await shellIsKept(page)

  await server.stop()
  await visit(page, '#/day/2026-03-02')
  await page.reload()
  await dayIsReady(page)
  await expect(bleeding(page, 'Light')).toBeChecked()
  await storing(page, () => write(note(page), 'written with no server'))
  await expect(syncWord(page, 'Offline')).toBeVisible()
  await page.reload()
  await expect(note(page)).toHaveValue('written with no server')

  await holdForSos(page)
  await expect(page.getByText('This device has no connection.')).toBeVisible()
  await page.getByRole('button', { name: 'Send now' }).click()
  await expect(phase(page, 'Waiting for a network')).toBeVisible()

  await server.start()
  await expect(phase(page, 'Sent. You have no contacts, so nobody you know is told.')).toBeVisible()
  await expect(syncWord(page, 'Up to date')).toBeVisible()
})
