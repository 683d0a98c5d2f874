import type { Page } from '@playwright/test'
import { signUp } from './account-page.ts'
import { expect, test } from './fixtures.ts'
import { offerHelp } from './people-page.ts'
import { syncWord, visit } from './screen.ts'
import { holdForSos, openCall, phase, press } from './sos-page.ts'

const harbour = { latitude: 52.5046713, longitude: 13.4489217 }
/** 700 m and 40 km from there. */
const nextStreet = { latitude: 52.5091, longitude: 13.4421 }
const otherTown = { latitude: 52.3906, longitude: 13.0645 }

test('W56 a passer-by who offered help is asked, and shown where only after accepting; far away nobody is', async ({
  openDevice,
}) => {
  const devices = await Promise.all([
    openDevice('her', { place: harbour }),
    openDevice('passer-by', { place: nextStreet }),
    openDevice('stranger', { place: otherTown }),
  ])
  const [lena, passerBy, stranger] = devices.map(({ page }) => page()) as [Page, Page, Page]
  await Promise.all([
    signUp(lena, 'her'),
    signUp(passerBy, 'passer-by').then(() => offerHelp(passerBy)),
    signUp(stranger, 'stranger').then(() => offerHelp(stranger)),
  ])

  await visit(lena, '#/sos')
  await lena.getByRole('radio', { name: 'My contacts, and helpers nearby' }).check()
  await holdForSos(lena)
  await press(lena, 'Send now')

  await openCall(passerBy, /Someone near you needs help/)
  await expect(passerBy.getByText('52.50467')).toHaveCount(0)
  await press(passerBy, 'I can help')
  await expect(passerBy.getByText('52.50467, 13.44892')).toBeVisible()
  await expect(phase(lena, 'Someone has answered.')).toBeVisible()
  await expect(lena.getByRole('region', { name: 'Helpers nearby' })).toContainText('can help')

  await stranger.reload()
  await expect(syncWord(stranger, 'Up to date')).toBeVisible()
  await visit(stranger, '#/alerts')
  await expect(stranger.getByText('Nobody is calling you for help.')).toBeVisible()

  await press(lena, 'I am safe')
  await expect(passerBy.getByText('They are safe. The call has ended.')).toBeVisible()
  await expect(passerBy.getByText('52.50467')).toHaveCount(0)
})
