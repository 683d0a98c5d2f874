/**
 * Checks a screen by axe as different people see it. The four looks hold every pair of light or dark,
 * phone or desktop, English or German.
 */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type BrowserContext, type Page } from '@playwright/test'

const phone = { width: 390, height: 844 }
const desktop = { width: 1280, height: 800 }

export const looks = [
  { language: 'en', scheme: 'light', size: phone },
  { language: 'en', scheme: 'dark', size: desktop },
  { language: 'de', scheme: 'dark', size: phone },
  { language: 'de', scheme: 'light', size: desktop },
] as const
type Look = (typeof looks)[number]

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Chooses the language from another tab of the app's origin, so that the screen stays as it is. */
export type ChooseLanguage = (page: Page, language: 'en' | 'de') => Promise<void>

export async function openLanguageTab(context: BrowserContext, url: URL): Promise<ChooseLanguage> {
  const tab = await context.newPage()
  await tab.goto(new URL('icon.svg', url).href)
  return async (page, language) => {
    await tab.evaluate((code) => localStorage.setItem('notes.language', code), language)
    await expect(page.locator(`html[lang=${language}]`)).toBeAttached()
  }
}

/** What axe finds wrong, one line for each place. */
async function violations(page: Page): Promise<string[]> {
  // One frame: nothing needs to be joined in a tab of axe's own.
  const { violations } = await new AxeBuilder({ page }).withTags(tags).setLegacyMode().analyze()
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target }) => `${impact} ${id}: ${target.join(' ')}`),
  )
}

/** Expects that a screen has nothing wrong in each look, and leaves it in the first one. */
export async function expectAccessible(
  page: Page,
  choose: ChooseLanguage,
  seen: readonly Look[] = looks,
): Promise<void> {
  for (const { language, scheme, size } of [...seen, looks[0]]) {
    await choose(page, language)
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize(size)
    const name = `${page.url()} ${language} ${scheme} ${size.width}`
    expect.soft(await violations(page), name).toEqual([])
  }
}
