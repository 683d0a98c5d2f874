import { link, signUp } from './account-page.ts'
import { expect, test } from './fixtures.ts'
import { card } from './members-page.ts'
import { shellIsKept, visit } from './screen.ts'

test('how the app is holds on all her devices, and each says where it was chosen', async ({
  openDevice,
}) => {
  const [first, second] = await Promise.all([openDevice('phone'), openDevice('tablet')])
  const [phone, tablet] = [first.page(), second.page()]
  await signUp(phone, 'settings')
  await link(phone, tablet, 'Tablet')

  await visit(tablet, '#/settings')
  await tablet.getByRole('radio', { name: 'Dark' }).check()
  await tablet.getByRole('radio', { name: 'Sunday' }).check()
  await tablet.getByRole('radio', { name: 'Deutsch' }).check()
  await expect(tablet.locator('html[lang=de][data-theme=dark]')).toBeAttached()

  await visit(phone, '#/month/2026-03')
  await expect(phone.locator('html[lang=de][data-theme=dark]')).toBeAttached()
  const grid = phone.getByRole('grid', { name: 'März 2026' })
  await expect(grid.getByRole('columnheader').first()).toHaveAttribute('abbr', 'Sonntag')
  await visit(phone, '#/settings')
  await phone.getByText('Wo du gewählt hast, was gilt').click()
  const chosen = card(phone, 'Auf all deinen Geräten gleich').getByRole('listitem')
  await expect(chosen.filter({ hasText: 'Hell oder dunkel: Dunkel' })).toContainText('Auf Tablet')

  await phone.getByRole('radio', { name: 'Wie das Gerät' }).check()
  await expect(tablet.locator('html[data-theme]')).toHaveCount(0)
  await expect(chosen.filter({ hasText: 'Hell oder dunkel' })).toHaveCount(0)

  // What held last holds before the diary is open.
  await tablet.getByRole('radio', { name: 'Dunkel' }).check()
  await expect(phone.locator('html[data-theme=dark]')).toBeAttached()
  await shellIsKept(phone)
  await phone.reload({ waitUntil: 'commit' })
  await expect(phone.locator('html[lang=de][data-theme=dark]')).toBeAttached()
})
