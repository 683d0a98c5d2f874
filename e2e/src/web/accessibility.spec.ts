import { createAccount, sayWritten, shownWords, signUp, typeAskedWords } from './account-page.ts'
import { bleeding, dayIsReady, openDay, storing } from './day-page.ts'
import { chooseFile, commitImport, diaryUntil, previewFile } from './diary-page.ts'
import { expect, test } from './fixtures.ts'
import { expectAccessible, looks, openLanguageTab } from './looks.ts'
import { lockNow, openLockSettings, secretField, unlock } from './lock-page.ts'
import { card, meetByWord, typeWords } from './members-page.ts'
import { befriend, invite } from './people-page.ts'
import { visit } from './screen.ts'
import { chooseParts, openContact, openShared, shownDigits } from './sharing-page.ts'
import { calls, holdForSos, openCall, phase, press } from './sos-page.ts'

test('axe finds nothing wrong on any screen of somebody who is alone', async ({
  server,
  openDevice,
}) => {
  const { context, page: tab } = await openDevice('phone')
  const page = tab()
  const choose = await openLanguageTab(context, server.url)
  const check = (): Promise<void> => expectAccessible(page, choose)

  await dayIsReady(page)
  await check()
  await openDay(page, '2026-03-02')
  await bleeding(page, 'Heavy').check()
  await page.getByText('More to log').click()
  await check()
  for (const hash of ['#/month/2026-03', '#/settings', '#/people', '#/alerts', '#/devices']) {
    await visit(page, hash)
    await check()
  }
  await page.getByRole('button', { name: 'Show a code' }).click()
  await expect(page.getByRole('textbox', { name: 'Code for linking' })).not.toHaveValue('')
  await check()

  await visit(page, '#/people')
  await press(page, 'Add a person')
  await press(page, 'Save')
  await check()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What you call them').fill('Ana')
  await dialog.getByLabel('Telephone number').last().fill('+49 151 123456')
  await press(page, 'Save')
  await expect(page.getByText('+49151123456')).toBeVisible()
  await check()

  await visit(page, '#/sos')
  await check()
  await press(page, 'I cannot hold the button')
  await check()
  await press(page, 'Start the countdown')
  await expect(page.getByRole('timer')).toBeVisible()
  // The countdown is short.
  await expectAccessible(page, choose, [looks[2]])
  await expect(page.getByRole('timer')).toBeVisible()
  await press(page, 'Send now')
  await expect(phase(page, 'Not sent: you have no account')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Text Ana' })).toBeVisible()
  await check()
})

test('axe finds nothing wrong where the diary is protected, locked and opened', async ({
  server,
  openDevice,
}) => {
  const { context, page: tab } = await openDevice('phone', { protection: 'later' })
  const page = tab()
  const choose = await openLanguageTab(context, server.url)
  const check = (): Promise<void> => expectAccessible(page, choose)

  await expect(page.getByRole('radio', { name: 'A PIN' })).toBeVisible()
  await check()
  await page.getByRole('radio', { name: /^A passphrase/ }).check()
  await secretField(page, 'Passphrase').fill('seven lamps')
  await press(page, 'Start')
  await expect(page.getByText('Too easy to guess.')).toBeVisible()
  await check()
  await page.getByRole('checkbox', { name: /24 recovery words/ }).check()
  await page.getByRole('radio', { name: 'A PIN' }).check()
  await secretField(page, 'PIN').fill('2580')
  await page.getByLabel('PIN again').fill('2580')
  await press(page, 'Start')
  await expect(page.getByRole('heading', { name: 'Your recovery words' })).toBeVisible()
  await check()
  await press(page, 'I have written them down')
  await dayIsReady(page)
  await check()

  await openLockSettings(page)
  await press(page, 'Check the file')
  await expect(page.getByText('Everything in the file is as it was written.')).toBeVisible()
  await check()
  await press(page, 'Add')
  await press(page, 'Save')
  await expect(page.getByText('Fill this in.').first()).toBeVisible()
  await check()
  await page.keyboard.press('Escape')

  await lockNow(page)
  await unlock(page, '1397')
  await expect(page.getByText('That does not open the diary.')).toBeVisible()
  await page.getByText('It cannot be opened any more?').click()
  await check()
  await press(page, 'Erase this device’s diary')
  await check()
})

test('axe finds nothing wrong in a calendar that was brought in', async ({
  server,
  openDevice,
}) => {
  const { context, page: tab } = await openDevice('phone')
  const page = tab()
  const choose = await openLanguageTab(context, server.url)
  const check = (): Promise<void> => expectAccessible(page, choose)

  await dayIsReady(page)
  for (const hash of ['#/month', '#/cycle', '#/insights', '#/export']) {
    await visit(page, hash)
    await check()
  }
  await chooseFile(page, 'table.csv', 'Day,Flow,BBT\n03/04/2025,gush,97.4\n04/04/2025,x,97.5\n')
  await press(page, 'See what it would do')
  await check()
  await previewFile(page, 'diary.csv', diaryUntil(45).csv)
  await check()
  await commitImport(page)
  await check()

  await visit(page, '#/settings')
  await page.getByRole('switch').check()
  await visit(page, '#/month')
  await press(page, 'Yes, log it')
  await check()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await check()
  for (const hash of ['#/cycle', '#/insights']) {
    await visit(page, hash)
    await expect(page.locator('.chart svg').first()).toBeVisible()
    await page.getByText('The drawing as a table').first().click()
    await check()
  }
})

test('axe finds nothing wrong where people trust each other and one calls for help', async ({
  server,
  openDevice,
}) => {
  const [her, friend] = await Promise.all([openDevice('her'), openDevice('friend')])
  const [lena, mira] = [her.page(), friend.page()]
  const choose = await openLanguageTab(her.context, server.url)
  const chooseOfFriend = await openLanguageTab(friend.context, server.url)

  const [{ words }] = await Promise.all([createAccount(lena, 'her'), signUp(mira, 'friend')])
  await expectAccessible(lena, choose)
  await sayWritten(lena)
  await expectAccessible(lena, choose)
  await typeAskedWords(lena, words)
  await expectAccessible(lena, choose)
  await invite(lena, 'Somebody')
  await expectAccessible(lena, choose)
  await press(lena, 'Done')
  await befriend({ page: lena, name: 'Lena' }, { page: mira, name: 'Mira' })

  await holdForSos(lena)
  await press(lena, 'Send now')
  await openCall(mira, /Lena needs help/)
  await expectAccessible(mira, chooseOfFriend)
  await press(mira, 'On my way')
  await expect(phase(lena, 'Someone is on the way.')).toBeVisible()
  await expectAccessible(lena, choose)
  await visit(mira, '#/alerts')
  await expect(calls(mira)).toHaveCount(1)
  await expectAccessible(mira, chooseOfFriend)
  await press(lena, 'I am safe')
  await expect(phase(lena, 'You are safe. The alert has ended.')).toBeVisible()
  await expectAccessible(lena, choose)
})

test('axe finds nothing wrong where people compare digits and share', async ({
  server,
  openDevice,
}) => {
  const pin = '2580'
  const [her, friend] = await Promise.all([
    openDevice('her', { protection: { pin } }),
    openDevice('friend'),
  ])
  const [lena, mira] = [her.page(), friend.page()]
  const choose = await openLanguageTab(her.context, server.url)
  const chooseOfFriend = await openLanguageTab(friend.context, server.url)
  await openDay(lena, '2026-03-02')
  await storing(lena, () => bleeding(lena, 'Heavy').check())
  await Promise.all([signUp(lena, 'her'), signUp(mira, 'friend')])
  await befriend({ page: lena, name: 'Lena' }, { page: mira, name: 'Mira' })

  await openContact(lena, 'Mira')
  await shownDigits(lena)
  await lena.getByText('Compare with the camera').click()
  await press(lena, 'Not the same')
  await expectAccessible(lena, choose)
  await press(lena, 'All are the same')
  await lena.getByText('Look at the digits again').click()
  await expectAccessible(lena, choose)
  await visit(lena, '#/people')
  await lena.getByText('How your contacts’ apps know you').click()
  await expectAccessible(lena, choose)

  await visit(lena, '#/share')
  await lena.getByRole('radio', { name: 'Another day' }).last().check()
  await press(lena, 'Share')
  await expect(lena.getByText('Choose a person.')).toBeVisible()
  await expectAccessible(lena, choose)
  await lena.getByLabel('With whom').selectOption({ index: 1 })
  await chooseParts(lena, [/^Periods/, /^What is expected/, /^Fertility signs/])
  await lena.getByRole('radio', { name: 'All' }).check()
  await lena.getByRole('radio', { name: 'Tomorrow' }).check()
  await secretField(lena, 'PIN').fill(pin)
  await press(lena, 'Share')
  await lena.getByRole('button', { name: 'End: shared with Mira' }).click()
  await expectAccessible(lena, choose)
  await openShared(mira, 'Lena')
  await expectAccessible(mira, chooseOfFriend)
})

test('axe finds nothing wrong where devices share a diary and it is got back', async ({
  server,
  openDevice,
}) => {
  const pin = '2580'
  const [phone, tablet] = await Promise.all([
    openDevice('phone', { protection: { pin } }),
    openDevice('tablet', { protection: 'later' }),
  ])
  const [owner, joining] = [phone.page(), tablet.page()]
  const choose = await openLanguageTab(phone.context, server.url)
  const chooseOfTablet = await openLanguageTab(tablet.context, server.url)
  // The screens are long: each is looked at twice, on a phone or on a desktop.
  const check = (): Promise<void> => expectAccessible(owner, choose, [looks[2]])
  const checkTablet = (): Promise<void> => expectAccessible(joining, chooseOfTablet, [looks[1]])

  await joining.getByRole('radio', { name: 'I have a passphrase or recovery words' }).check()
  await checkTablet()
  await joining.getByRole('radio', { name: 'No lock for now' }).check()
  await press(joining, 'Start')
  await press(joining, 'Get it back')
  await expect(joining.getByText('Fill this in.')).toBeVisible()
  await checkTablet()

  const { words } = await signUp(owner, 'shared')
  await meetByWord(owner, joining, { name: 'Tablet', pin })
  await Promise.all([check(), checkTablet()])
  await press(owner, 'No')
  await press(joining, 'No')

  await visit(joining, '#/recover')
  await typeWords(card(joining, 'Get it back'), words)
  await press(joining, 'Get it back')
  await expect(joining.getByText('Your diary is back.').first()).toBeVisible()

  await visit(owner, '#/way-back')
  await press(owner, 'Replace the passphrase')
  await expect(owner.getByText('Fill this in.')).toBeVisible()
  await check()
  const reset = card(owner, 'Passphrase and words both lost?')
  await secretField(reset, 'PIN').fill(pin)
  await press(owner, 'Announce new words')
  const fresh = await shownWords(owner)
  await sayWritten(owner)
  await typeAskedWords(owner, fresh)
  await expect(card(owner, 'New recovery words are announced')).toBeVisible()

  await visit(owner, '#/devices')
  const news = card(owner, 'New in your diary')
  await expect(news).toBeVisible()
  await owner.getByText('Are the seven days over?').click()
  await press(owner, 'Erase the account …')
  await press(owner, 'Erase the account for good')
  await expect(owner.getByText('Type the word ERASE.')).toBeVisible()
  await check()
  await news.getByRole('button', { name: /^Remove/ }).click()
  const dialog = owner.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(dialog.getByText('Fill this in.')).toBeVisible()
  await check()
  await secretField(dialog, 'PIN').fill(pin)
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(joining.getByRole('heading', { name: 'This device was removed' })).toBeVisible()
  await checkTablet()
})
