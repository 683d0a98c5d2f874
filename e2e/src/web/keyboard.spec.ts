import type { Locator, Page } from '@playwright/test'
import { signUp } from './account-page.ts'
import { dayIsReady } from './day-page.ts'
import { expect, test } from './fixtures.ts'
import { visit } from './screen.ts'
import { phase } from './sos-page.ts'

const longestWay = 40

/** Goes on by Tab until the control has the focus. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  const isFocused = (): Promise<boolean> =>
    control.evaluate((element) => element === document.activeElement)
  for (let steps = 0; steps < longestWay && !(await isFocused()); steps += 1)
    await page.keyboard.press('Tab')
  await expect(control).toBeFocused()
}

test('by keyboard alone she raises an SOS, and cancels it', async ({ openDevice }) => {
  const page = (await openDevice('phone')).page()
  // From the top of the page, as when she comes back.
  await page.reload()
  // The screen of the day takes the focus from what stands around it when it comes.
  await dayIsReady(page)
  await tabTo(page, page.getByRole('link', { name: 'SOS', exact: true }))
  await page.keyboard.press('Enter')

  const hold = page.getByRole('button', { name: /Hold for SOS|Keep holding/ })
  await expect(hold).toBeVisible()
  await tabTo(page, hold)
  await page.keyboard.down('Space')
  await expect(page.getByRole('timer')).toBeVisible()
  await page.keyboard.up('Space')

  await tabTo(page, page.getByRole('button', { name: 'Cancel the alert' }))
  await page.keyboard.press('Space')
  await expect(phase(page, 'The alert was cancelled.')).toBeVisible()
  await tabTo(page, page.getByRole('button', { name: 'Put away' }))
  await page.keyboard.press('Enter')
  await expect(hold).toBeVisible()
})

/** Expects in both languages that no screen is wider than the window; leaves the app in English. */
async function expectNoneSideways(page: Page, names: readonly string[]): Promise<void> {
  for (const language of ['Deutsch', 'English']) {
    await visit(page, '#/settings')
    await page.getByRole('radio', { name: language }).check()
    for (const name of names) {
      await visit(page, `#/${name}`)
      await expect(page.locator('.screen')).toHaveCount(1)
      const sideways = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement
        return scrollWidth - clientWidth
      })
      expect.soft(sideways, `${language} ${name}`).toBe(0)
    }
  }
}

test('at 320 px and 200 % text nothing scrolls sideways', async ({ openDevice }) => {
  const page = (await openDevice('phone', { textPixels: 32 })).page()
  await dayIsReady(page)
  await page.setViewportSize({ width: 320, height: 640 })
  const places = ['today', 'month', 'sos', 'alerts', 'people', 'devices', 'settings', 'lock']
  await expectNoneSideways(page, [...places, 'recover'])
  await signUp(page, 'enlarged')
  await expectNoneSideways(page, ['devices', 'way-back'])
})
