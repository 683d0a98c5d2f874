import { bleeding, dayIsReady, storing } from './day-page.ts'
import { expect, test } from './fixtures.ts'
import { visit } from './screen.ts'
import { holdForSos } from './sos-page.ts'

/** A database of a later version where the SOS kit has its key: it has no place to be stored. */
async function blockKit(): Promise<void> {
  const request = indexedDB.open('selene-sos', 1000)
  await new Promise((opened) => request.addEventListener('success', opened))
  request.result.close()
}

test('with no place for the SOS kit the diary opens, an alert can be raised, and what is missing is said', async ({
  openDevice,
}) => {
  // A file of the app that starts nothing.
  const page = (await openDevice('phone', { at: 'icon.svg' })).page()
  await page.evaluate(blockKit)
  await visit(page, '/#/today')
  await dayIsReady(page)
  await storing(page, () => bleeding(page, 'Light').check())

  await visit(page, '#/sos')
  await expect(page.getByText('This device cannot store an alert safely now.')).toBeVisible()
  await holdForSos(page)
  await expect(page.getByText('You have no account, so this alert reaches nobody.')).toBeVisible()
})

test('a second tab says that the diary is open elsewhere, and its SOS calls 112', async ({
  openDevice,
}) => {
  const device = await openDevice('phone')
  await dayIsReady(device.page())
  const second = await device.reopen()
  await expect(
    second.getByRole('heading', { name: 'Your diary is open in another tab' }),
  ).toBeVisible()
  await visit(second, '#/sos')
  await expect(
    second.getByRole('heading', { name: 'No alert can be sent from here' }),
  ).toBeVisible()
  await expect(second.getByRole('link', { name: 'Call 112' })).toHaveAttribute('href', 'tel:112')
})
