import type { Page } from '@playwright/test'
import { link, passphrase, sayWritten, shownWords, signUp, typeAskedWords } from './account-page.ts'
import { bleeding, dayIsReady, openDay, storing } from './day-page.ts'
import { expect, test } from './fixtures.ts'
import { lockedHeading, secretField, unlock } from './lock-page.ts'
import {
  card,
  fingerprint,
  meetByWord,
  sayTheSame,
  showOtherHistory,
  typeWords,
} from './members-page.ts'
import { syncWord, visit } from './screen.ts'
import { press } from './sos-page.ts'

const pin = '2580'

test('W19 W20 a PIN and six digits let a device in, the others ask about it, and one that is removed locks and asks', async ({
  openDevice,
}) => {
  const [phone, tablet, stranger] = (
    await Promise.all([
      openDevice('phone', { protection: { pin } }),
      openDevice('tablet'),
      openDevice('stranger', { protection: { pin } }),
    ])
  ).map((device) => device.page()) as [Page, Page, Page]
  await openDay(stranger, '2026-03-02')
  await storing(stranger, () => bleeding(stranger, 'Heavy').check())
  await signUp(phone, 'members')

  const refused = await meetByWord(phone, tablet, { name: 'Tablet', pin })
  expect(refused[0]).toBe(refused[1])
  for (const page of [phone, tablet]) {
    await press(page, 'No')
    await expect(page.getByText('The devices were not linked')).toBeVisible()
  }
  const [hers, its] = await meetByWord(phone, tablet, { name: 'Tablet', pin })
  expect(hers).toBe(its)
  await sayTheSame(phone, tablet, 'Tablet')

  await link(tablet, stranger, 'Stranger')
  await visit(phone, '#/today')
  await phone.getByRole('link', { name: /A device was added: Stranger/ }).click()
  const news = card(phone, 'New in your diary')
  await expect(news.getByText(/Stranger. Tablet let it in/)).toBeVisible()
  await expect(fingerprint(phone)).toHaveText(await fingerprint(tablet).innerText())

  await news.getByRole('button', { name: 'Remove: Stranger' }).click()
  const dialog = phone.getByRole('dialog')
  await secretField(dialog, 'PIN').fill('1397')
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(dialog.getByText('That does not open the diary.')).toBeVisible()
  await secretField(dialog, 'PIN').fill(pin)
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(dialog).toHaveCount(0)
  await press(phone, 'Yes, that was me')
  await expect(news).toHaveCount(0)

  await expect(lockedHeading(stranger)).toBeVisible()
  await unlock(stranger, pin)
  await expect(
    stranger.getByRole('heading', { name: 'This device was removed', level: 1 }),
  ).toBeVisible()
  await press(stranger, 'Keep it on this device')
  await openDay(stranger, '2026-03-02')
  await expect(bleeding(stranger, 'Heavy')).toBeChecked()

  // It comes back as a new device, and what it had brought to the others with it.
  await visit(stranger, '#/devices')
  await expect(card(stranger, 'Use this device again').getByText('a new device')).toBeVisible()
  await press(stranger, 'Erase and begin again …')
  await stranger.getByRole('dialog').getByRole('button', { name: 'Erase everything' }).click()
  await expect(stranger.getByRole('radio', { name: 'It is on another device' })).toBeChecked()
  await stranger.getByRole('radio', { name: 'No lock for now' }).check()
  await press(stranger, 'Start')
  await link(tablet, stranger, 'Come back')
  await openDay(stranger, '2026-03-02')
  await expect(bleeding(stranger, 'Heavy')).toBeChecked()
  await expect(news.getByText(/Come back. Tablet let it in/)).toBeVisible()
})

test('W8 W10 W11 the way back is tried out and replaced, brings the diary to a new browser, and ends the account', async ({
  openDevice,
}) => {
  const phone = (await openDevice('phone', { protection: { pin } })).page()
  await openDay(phone, '2026-03-02')
  await storing(phone, () => bleeding(phone, 'Heavy').check())
  const { words, identifier } = await signUp(phone, 'way-back')

  await visit(phone, '#/way-back')
  const rehearsal = card(phone, 'Try it out')
  await typeWords(rehearsal, [...words.slice(1), 'zoo'])
  await rehearsal.getByRole('button', { name: 'Try it out' }).click()
  await expect(rehearsal.getByText('These are not the 24 words')).toBeVisible()
  await rehearsal.getByRole('radio', { name: 'Passphrase' }).check()
  await rehearsal.getByLabel('Name for signing in').fill(identifier)
  await rehearsal
    .getByLabel('Passphrase', { exact: true })
    .and(phone.locator('input[type=password]'))
    .fill(passphrase)
  await rehearsal.getByRole('button', { name: 'Try it out' }).click()
  await expect(rehearsal.getByText('It works:')).toBeVisible()

  await typeWords(card(phone, 'Replace the recovery phrase'), words)
  await press(phone, 'Make new words')
  const fresh = await shownWords(phone)
  await sayWritten(phone)
  await typeAskedWords(phone, fresh)
  await expect(phone.getByText('The recovery phrase is replaced.').first()).toBeVisible()
  await expect(phone.getByRole('link', { name: /New recovery words/ })).toHaveCount(0)

  const laptop = (await openDevice('laptop', { protection: 'later' })).page()
  await laptop.getByRole('radio', { name: 'I have a passphrase or recovery words' }).check()
  await laptop.getByRole('radio', { name: 'No lock for now' }).check()
  await press(laptop, 'Start')
  const recovery = card(laptop, 'Get it back')
  await typeWords(recovery, words)
  await recovery.getByRole('button', { name: 'Get it back' }).click()
  await expect(recovery.getByText('That does not match')).toBeVisible()
  await typeWords(recovery, fresh)
  await recovery.getByRole('button', { name: 'Get it back' }).click()
  await expect(laptop.getByText('Your diary is back.').first()).toBeVisible()
  await openDay(laptop, '2026-03-02')
  await expect(bleeding(laptop, 'Heavy')).toBeChecked()
  await expect(phone.getByRole('link', { name: /A device was added/ })).toBeVisible()

  await visit(laptop, '#/devices')
  await press(laptop, 'Erase the account …')
  const erasing = card(laptop, 'Erase the account')
  await typeWords(erasing, fresh)
  await press(laptop, 'Erase the account for good')
  await expect(erasing.getByText('Type the word ERASE.')).toBeVisible()
  await erasing.getByLabel('Type ERASE').fill('erase')
  await press(laptop, 'Erase the account for good')
  await expect(
    laptop.getByRole('heading', { name: 'The account was erased', level: 1 }),
  ).toBeVisible()

  await expect(lockedHeading(phone)).toBeVisible()
  await unlock(phone, pin)
  await expect(phone.getByRole('heading', { name: 'The account was erased' })).toBeVisible()
  await press(phone, 'Erase this device’s diary')
  await phone.getByRole('dialog').getByRole('button', { name: 'Erase everything' }).click()
  await expect(phone.getByRole('heading', { name: /protected\?/ })).toBeVisible()
})

test('W16 new words that one device announces are shown on the others, which can cancel them', async ({
  openDevice,
}) => {
  const [phone, tablet] = (
    await Promise.all([openDevice('phone'), openDevice('tablet', { protection: { pin } })])
  ).map((device) => device.page()) as [Page, Page]
  await signUp(phone, 'reset')
  await link(phone, tablet, 'Tablet')

  await visit(tablet, '#/way-back')
  const reset = card(tablet, 'Passphrase and words both lost?')
  await reset.getByRole('button', { name: 'Announce new words' }).click()
  await expect(reset.getByText('Fill this in.')).toBeVisible()
  await secretField(reset, 'PIN').fill(pin)
  await reset.getByRole('button', { name: 'Announce new words' }).click()
  const words = await shownWords(tablet)
  await sayWritten(tablet)
  await typeAskedWords(tablet, words)

  await visit(phone, '#/today')
  await dayIsReady(phone)
  await phone.getByRole('link', { name: /New recovery words are announced/ }).click()
  const pending = card(phone, 'New recovery words are announced')
  await expect(pending.getByText(/Tablet has announced/)).toBeVisible()
  await expect(pending.getByText('At most 7 days are left.')).toBeVisible()
  await phone.getByText('Are the seven days over?').click()
  await press(phone, 'Let the new words count')
  await expect(pending.getByText('The seven days are not over yet.')).toBeVisible()
  await press(phone, 'Cancel it')
  await expect(pending).toHaveCount(0)
  await expect(card(tablet, 'New recovery words are announced')).toHaveCount(0)
  await expect(syncWord(tablet, 'Up to date')).toBeVisible()
})

test('W18 a server that shows another history is noticed and said; writing goes on', async ({
  openDevice,
}) => {
  const { context, page } = await openDevice('phone')
  const phone = page()
  await signUp(phone, 'forked')
  await showOtherHistory(context)
  await phone.reload()
  await expect(syncWord(phone, 'Stuck')).toBeVisible()
  await openDay(phone, '2026-03-02')
  await storing(phone, () => bleeding(phone, 'Heavy').check())
  await phone.getByRole('link', { name: /Something is wrong with the server/ }).click()
  await expect(
    card(phone, 'Something is wrong with the server').getByText(/another history of who may open/),
  ).toBeVisible()
  await expect(phone.getByText('1 change waits to be sent.')).toBeVisible()
})
