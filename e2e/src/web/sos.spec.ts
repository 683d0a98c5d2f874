import { signUp } from './account-page.ts'
import { expect, test, type Device } from './fixtures.ts'
import { befriend } from './people-page.ts'
import { shellIsKept, visit } from './screen.ts'
import { calls, holdForSos, openCall, phase, press } from './sos-page.ts'

const harbour = { latitude: 52.5046713, longitude: 13.4489217 }

async function trustEachOther(her: Device, friend: Device): Promise<void> {
  await Promise.all([signUp(her.page(), 'her'), signUp(friend.page(), 'friend')])
  await befriend({ page: her.page(), name: 'Lena' }, { page: friend.page(), name: 'Mira' })
}

test('W50 raised in airplane mode on a tab that dies, an SOS reaches a contact once, and its end too', async ({
  openDevice,
}) => {
  const [her, friend] = await Promise.all([
    openDevice('her', { place: harbour }),
    openDevice('friend'),
  ])
  await trustEachOther(her, friend)

  await shellIsKept(her.page())
  await her.context.setOffline(true)
  await holdForSos(her.page())
  await expect(phase(her.page(), 'Waiting for a network')).toBeVisible()
  await her.kill()
  const lena = await her.reopen()
  await visit(lena, '#/sos')
  await expect(phase(lena, 'Waiting for a network')).toBeVisible()
  const mira = friend.page()
  await visit(mira, '#/alerts')
  await expect(mira.getByText('Nobody is calling you for help.')).toBeVisible()

  await her.context.setOffline(false)

  await openCall(mira, /Lena needs help/)
  await expect(mira.getByText('52.50467, 13.44892')).toBeVisible()
  await expect(phase(lena, 'It is on a contact’s device.')).toBeVisible()
  await visit(mira, '#/alerts')
  await expect(calls(mira)).toHaveCount(1)
  await mira.reload()
  await expect(calls(mira)).toHaveCount(1)

  await openCall(mira, /Lena needs help/)
  await press(mira, 'On my way')
  await expect(phase(lena, 'Someone is on the way.')).toBeVisible()
  await expect(lena.getByRole('region', { name: 'Your contacts' })).toContainText(
    'Mirais on the way',
  )

  await press(lena, 'I am safe')
  await expect(phase(lena, 'You are safe. The alert has ended.')).toBeVisible()
  await expect(mira.getByText('They are safe. The call has ended.')).toBeVisible()
  await expect(mira.getByText('52.50467')).toHaveCount(0)
  await expect(mira.getByRole('link', { name: /needs help/ })).toHaveCount(0)
})

test('W50 a countdown cancelled in time reaches nobody, and the next one does', async ({
  openDevice,
}) => {
  const [her, friend] = await Promise.all([openDevice('her'), openDevice('friend')])
  await trustEachOther(her, friend)
  const [lena, mira] = [her.page(), friend.page()]

  await holdForSos(lena)
  await expect(lena.getByText('The server sends it when the time is up')).toBeVisible()
  await press(lena, 'Cancel the alert')
  await expect(phase(lena, 'The alert was cancelled.')).toBeVisible()
  await press(lena, 'Put away')

  // Its countdown starts later than that of the first one, so at its end the first one's is over.
  await holdForSos(lena)
  await expect(phase(lena, 'It is on a contact’s device.')).toBeVisible()
  await visit(mira, '#/alerts')
  await expect(mira.getByRole('link', { name: /Lena needs help.*Open/ })).toBeVisible()
  await expect(calls(mira)).toHaveCount(1)
})
