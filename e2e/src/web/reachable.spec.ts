import { dayIsReady } from './day-page.ts'
import { expect, test } from './fixtures.ts'
import { lockNow } from './lock-page.ts'
import { card } from './members-page.ts'
import { shellIsKept, visit } from './screen.ts'
import { holdForSos, phase, press } from './sos-page.ts'
import { findStored, leaveInTheOpen } from './stored-plaintext.ts'

const harbour = { latitude: 52.5046713, longitude: 13.4489217 }

test('C135 people without the app are written to from an alert, locked and offline, with the place only if she says so', async ({
  openDevice,
}) => {
  const device = await openDevice('phone', { protection: { pin: '2580' }, place: harbour })
  const page = device.page()
  await dayIsReady(page)
  await shellIsKept(page)
  await visit(page, '#/people')
  const people = card(page, 'People without the app')

  await press(page, 'Add a person')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Telephone number').last().fill('Ana')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('Say what you call them.')).toBeVisible()
  await expect(dialog.getByText('This is not a telephone number.')).toBeVisible()
  await dialog.getByLabel('What you call them').fill('Ana')
  await dialog.getByLabel('Telephone number').last().fill('+49 151 / 123-456')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(people.getByText('+49151123456')).toBeVisible()

  await people.getByRole('button', { name: 'Change Ana' }).click()
  await dialog.getByLabel('What you call them').fill('Aunt')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(people.getByText('Aunt')).toBeVisible()
  await press(page, 'Add a person')
  await dialog.getByLabel('What you call them').fill('Bo')
  await dialog.getByRole('radio', { name: 'E-mail address' }).check()
  await dialog.getByLabel('E-mail address').last().fill('bo@example.org')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(people.getByText('bo@example.org')).toBeVisible()

  await lockNow(page)
  await device.context.setOffline(true)
  await holdForSos(page)
  await press(page, 'Send now')
  await expect(phase(page, 'Not sent: you have no account')).toBeVisible()
  const text = page.getByRole('link', { name: 'Text Aunt' })
  await expect(text).toHaveAttribute('href', /^sms:\+49151123456\?&body=I%20need%20help\./)
  await expect(text).not.toHaveAttribute('href', /52\.50/)
  await expect(page.getByRole('link', { name: 'Call Aunt' })).toHaveAttribute(
    'href',
    'tel:+49151123456',
  )
  await page.getByRole('checkbox', { name: 'Add where I am' }).check()
  await expect(text).toHaveAttribute('href', /52\.50467%2C%2013\.44892/)
  await expect(page.getByRole('link', { name: 'Mail Bo' })).toHaveAttribute(
    'href',
    /^mailto:bo@example\.org\?subject=Please%20call%20me&body=.*52\.50467/,
  )
  await press(page, 'I am safe')
  await expect(text).toHaveAttribute('href', /\?&body=I%20am%20safe%20now/)
  await expect(text).not.toHaveAttribute('href', /52\.50/)

  // Neither the diary nor the SOS kit has them in the open.
  await page.evaluate(leaveInTheOpen, 'found')
  const stored = await page.evaluate(findStored, ['found', '49151123456', 'bo@example.org', 'Aunt'])
  expect(stored).toEqual(['found in /open.txt'])
})

test('C135 who is removed is written to no more', async ({ openDevice }) => {
  const page = (await openDevice('phone')).page()
  await visit(page, '#/people')
  await press(page, 'Add a person')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What you call them').fill('Ana')
  await dialog.getByLabel('Telephone number').last().fill('0301234')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Remove Ana' }).click()
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByText('0301234')).toHaveCount(0)
  await holdForSos(page)
  await press(page, 'Send now')
  await expect(phase(page, 'Not sent: you have no account')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Text Ana' })).toHaveCount(0)
})
