import { signUp } from './account-page.ts'
import { bleeding, openDay, storing } from './day-page.ts'
import { expect, test } from './fixtures.ts'
import { secretField } from './lock-page.ts'
import { card } from './members-page.ts'
import { befriend } from './people-page.ts'
import { visit } from './screen.ts'
import { chooseParts, openContact, openShared, sharedDay, shownDigits } from './sharing-page.ts'
import { press } from './sos-page.ts'

const pin = '2580'

test('W44 W45 two people compare digits, one lets the other read what she chose, and ends it', async ({
  openDevice,
}) => {
  const [her, friend] = await Promise.all([
    openDevice('her', { protection: { pin } }),
    openDevice('friend'),
  ])
  const [lena, mira] = [her.page(), friend.page()]
  await openDay(lena, '2026-03-02')
  await storing(lena, () => bleeding(lena, 'Heavy').check())
  await storing(lena, () => lena.getByRole('checkbox', { name: 'Cramps' }).check())
  await Promise.all([signUp(lena, 'lena'), signUp(mira, 'mira')])
  await befriend({ page: lena, name: 'Lena' }, { page: mira, name: 'Mira' })

  await openContact(lena, 'Mira')
  await openContact(mira, 'Lena')
  await expect(lena.getByText('Digits not compared yet')).toBeVisible()
  expect(await shownDigits(lena)).toBe(await shownDigits(mira))
  await press(mira, 'Not the same')
  await expect(mira.getByText('somebody may stand between you')).toBeVisible()
  await press(lena, 'All are the same')
  await expect(lena.getByText('You have compared the digits').first()).toBeVisible()
  await lena.getByText('Look at the digits again').click()
  expect(await shownDigits(lena)).toBe(await shownDigits(mira))

  await lena.getByRole('link', { name: 'Share something with Mira' }).click()
  await press(lena, 'Share')
  await expect(lena.getByText('Choose at least one.')).toBeVisible()
  await chooseParts(lena, [/^Periods/])
  await lena.getByRole('radio', { name: 'All' }).check()
  await lena.getByRole('radio', { name: 'One week' }).check()
  await press(lena, 'Share')
  await expect(lena.getByText('Fill this in.')).toBeVisible()
  await secretField(lena, 'PIN').fill(pin)
  await press(lena, 'Share')
  const given = card(lena, 'You share')
  await expect(given.getByText('Periods; all days')).toBeVisible()

  await openShared(mira, 'Lena')
  await expect(mira.getByRole('heading', { name: 'From Lena', level: 1 })).toBeVisible()
  await expect(mira.getByRole('table', { name: 'March 2026' })).toBeVisible()
  await expect(sharedDay(mira, '2 March')).toContainText('Bleeding: Heavy')
  await expect(mira.getByText('Cramps')).toHaveCount(0)

  await given.getByRole('button', { name: 'End: shared with Mira' }).click()
  const dialog = lena.getByRole('dialog')
  await expect(dialog.getByText('stays with them')).toBeVisible()
  await dialog.getByRole('button', { name: 'End', exact: true }).click()
  await expect(given.getByText('You share nothing.')).toBeVisible()

  const place = mira.url()
  await visit(mira, '#/sharing')
  await expect(async () => {
    await press(mira, 'Look for news now')
    await expect(mira.getByText('Nobody shares anything with you.')).toBeVisible({ timeout: 3_000 })
  }).toPass()
  await mira.goto(place)
  await expect(mira.getByRole('heading', { name: 'This is no longer shared' })).toBeVisible()
})
