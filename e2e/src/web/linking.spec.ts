import { link, signUp } from './account-page.ts'
import { bleeding, note, openDay, storing, temperature, write } from './day-page.ts'
import { expect, test } from './fixtures.ts'
import { shellIsKept, syncWord } from './screen.ts'

test('two browsers of one person converge, whatever each wrote while one was offline', async ({
  openDevice,
}) => {
  const [phone, tablet] = await Promise.all([openDevice('phone'), openDevice('tablet')])
  await openDay(phone.page(), '2026-03-02')
  await storing(phone.page(), () => bleeding(phone.page(), 'Heavy').check())
  await signUp(phone.page(), 'linking')
  await link(phone.page(), tablet.page(), 'Tablet')

  await openDay(tablet.page(), '2026-03-02')
  await expect(bleeding(tablet.page(), 'Heavy')).toBeChecked()

  await shellIsKept(phone.page())
  await phone.context.setOffline(true)
  // A request that is under way would still be answered.
  await phone.page().reload()
  await openDay(phone.page(), '2026-03-14')
  await storing(phone.page(), () => write(temperature(phone.page()), '36.55'))
  await expect(syncWord(phone.page(), 'Offline')).toBeVisible()

  await openDay(tablet.page(), '2026-03-14')
  await storing(tablet.page(), () => write(note(tablet.page()), 'quiet harbour'))
  await expect(syncWord(tablet.page(), 'Up to date')).toBeVisible()
  await expect(temperature(tablet.page())).toHaveValue('')
  await expect(note(phone.page())).toHaveValue('')

  await phone.context.setOffline(false)
  for (const page of [phone.page(), tablet.page()]) {
    await expect(temperature(page)).toHaveValue('36.55')
    await expect(note(page)).toHaveValue('quiet harbour')
    await expect(syncWord(page, 'Up to date')).toBeVisible()
  }
})
