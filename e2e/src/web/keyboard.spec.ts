import type { Locator, Page } from '@playwright/test'
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

test('at 320 px and 200 % text nothing scrolls sideways', async ({ openDevice }) => {
  const page = (await openDevice('phone', { textPixels: 32 })).page()
  await dayIsReady(page)
  await page.setViewportSize({ width: 320, height: 640 })
  for (const language of ['English', 'Deutsch']) {
    await visit(page, '#/settings')
    await page.getByRole('radio', { name: language }).check()
    for (const name of [
      'today',
      'month',
      'sos',
      'alerts',
      'people',
      'devices',
      'settings',
      'lock',
    ]) {
      await visit(page, `#/${name}`)
      await expect(page.locator('.screen')).toHaveCount(1)
      const sideways = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement
        return scrollWidth - clientWidth
      })
      expect.soft(sideways, `${language} ${name}`).toBe(0)
    }
  }
})
