import { bleeding, dayIsReady, feeling, openDay, storing } from './day-page.ts'
import { expect, test } from './fixtures.ts'
import { syncWord, visit } from './screen.ts'

test('with no account she logs a day in a few taps, and finds it again', async ({ openDevice }) => {
  const page = (await openDevice('phone')).page()
  await expect(page.getByRole('heading', { name: /^Today/ })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Welcome' })).toBeVisible()
  await expect(page).toHaveTitle('Notes')
  await dayIsReady(page)
  await expect(syncWord(page, 'Only here')).toBeVisible()
  await page.getByRole('button', { name: 'Got it' }).click()

  await openDay(page, '2026-03-02')
  await storing(page, () => bleeding(page, 'Heavy').check())
  await storing(page, () => feeling(page, 'Cramps').check())

  await visit(page, '#/month/2026-03')
  const month = page.getByRole('grid', { name: 'March 2026' })
  const logged = '2 March 2026, bleeding: heavy, something else logged'
  await expect(month.getByRole('gridcell', { name: logged })).toBeVisible()

  await page.reload()
  await expect(page).toHaveTitle('Notes')
  await month.getByRole('link', { name: logged }).click()
  await dayIsReady(page)
  await expect(bleeding(page, 'Heavy')).toBeChecked()
  await expect(feeling(page, 'Cramps')).toBeChecked()
  await visit(page, '#/today')
  await expect(page.getByRole('heading', { name: 'Welcome' })).toHaveCount(0)
})

test('she chooses her language, and leaves the page in a hurry for good', async ({
  openDevice,
}) => {
  const { context, page: tab } = await openDevice('phone')
  const page = tab()
  const elsewhere = 'https://www.wikipedia.org/'
  await context.route(elsewhere, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<h1>An encyclopedia</h1>' }),
  )
  await visit(page, '#/settings')
  await page.getByRole('radio', { name: 'Deutsch' }).check()
  await expect(page.getByRole('heading', { name: 'Optionen' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('navigation', { name: 'Hauptmenü' })).toBeVisible()
  await expect(page).toHaveTitle('Notes')

  // A second entry of the app in the browser's history, so that there is something to go back to.
  await visit(page, '#/month')
  await page.getByRole('button', { name: 'Diese Seite sofort verlassen' }).click()
  await expect(page.getByRole('heading', { name: 'An encyclopedia' })).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(elsewhere)
  await expect(page.getByRole('heading', { name: 'An encyclopedia' })).toBeVisible()
})
