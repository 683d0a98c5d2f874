import { bleeding, dayIsReady, storing } from './day-page.ts'
import { expect, test } from './fixtures.ts'
import { protect } from './lock-page.ts'
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
  const page = (await openDevice('phone', { at: 'icon.svg', protection: 'later' })).page()
  await page.evaluate(blockKit)
  await visit(page, '/#/today')
  await protect(page)
  await dayIsReady(page)
  await storing(page, () => bleeding(page, 'Light').check())

  await visit(page, '#/sos')
  await expect(page.getByText('This device cannot store an alert safely now.')).toBeVisible()
  await holdForSos(page)
  await expect(page.getByText('You have no account, so this alert reaches nobody.')).toBeVisible()
})
