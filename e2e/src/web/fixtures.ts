/** What browser tests are given: a server of their worker's own, and devices with real storage. */
import { test as base, chromium, type BrowserContext, type Page } from '@playwright/test'
import { openAppServer, type AppServer } from './app-server.ts'
import { protect, type Protection } from './lock-page.ts'

/** One person's browser: a profile on disk, so that what a tab stored is there after it is gone. */
export interface Device {
  readonly context: BrowserContext
  /** The tab that is open; another one after {@link Device.reopen}. */
  readonly page: () => Page
  /** Ends the tab's process without a word, as a crash or the system does. */
  kill(): Promise<void>
  /** Opens the app in a new tab of the same profile. */
  reopen(): Promise<Page>
}

interface Fixtures {
  openDevice: (name: string, options?: DeviceOptions) => Promise<Device>
}

export interface Place {
  readonly latitude: number
  readonly longitude: number
}

interface DeviceOptions {
  /** Absent: the browser refuses to say where it is. */
  readonly place?: Place
  /** The size of text that she chose in the browser's settings; 16 pixels are usual. */
  readonly textPixels?: number
  /** How she protects the diary when she opens the app for the first time; `later`: the test does it. */
  readonly protection?: Protection | 'later'
  /** What it opens first, relative to the app. */
  readonly at?: string
}

const phone = { width: 390, height: 844 }

function launch(
  profile: string,
  { place, textPixels = 16 }: DeviceOptions,
): Promise<BrowserContext> {
  const { SELENE_CHROMIUM: executablePath } = process.env
  return chromium.launchPersistentContext(profile, {
    ...(executablePath && { executablePath }),
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--blink-settings=defaultFontSize=${textPixels}`,
    ],
    viewport: phone,
    locale: 'en-GB',
    ...(place && { geolocation: { ...place, accuracy: 12 }, permissions: ['geolocation'] }),
  })
}

/** The browser's own crash page ends the renderer at once: no handler of the page runs. */
async function crash(page: Page): Promise<void> {
  const crashed = page.waitForEvent('crash')
  page.goto('chrome://crash').catch(() => {})
  await crashed
  await page.close()
}

export const test = base.extend<Fixtures, { server: AppServer }>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures' names from it
    async ({}, use) => {
      const server = await openAppServer(process.env['SELENE_TEST_DATABASE_URL'])
      await use(server)
      await server.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  openDevice: async ({ server }, use, info) => {
    const opened: BrowserContext[] = []
    await use(async (name, options = {}) => {
      const context = await launch(info.outputPath(name), options)
      opened.push(context)
      const open = async (at = ''): Promise<Page> => {
        const page = await context.newPage()
        await page.goto(new URL(at, server.url).href)
        return page
      }
      let page = await open(options.at)
      const { protection = 'none' } = options
      if (protection !== 'later') await protect(page, protection)
      return {
        context,
        page: () => page,
        kill: () => crash(page),
        async reopen() {
          page = await open()
          return page
        },
      }
    })
    await Promise.all(opened.map((context) => context.close()))
  },
})

export { expect } from '@playwright/test'
