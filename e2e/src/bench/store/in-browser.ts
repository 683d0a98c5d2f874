/** Drives the comparison of stores in Chromium: builds its page, serves it, and judges what its worker measured. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { build, defaultClientConditions, preview, type InlineConfig } from 'vite'
import { storeImage } from '../../core/store-image.ts'
import { findChromium, withoutChromium } from '../../verify/chromium.ts'
import { figure, type Figure } from '../report.ts'
import type { Said } from './browser/said.ts'
import { median } from './workload.ts'

type AllTaken = Extract<Said, { taken: unknown }>['taken']

/** Ratios wanted. */
const most: Readonly<Record<string, number>> = {
  'warm open': 0.6,
  '10,000 inserts, one transaction': 1,
  '500 inserts, each a commit': 1.2,
  '500 inserts, each a commit, relaxed': 1,
  '1,000 point reads': 1,
  'scan of 10,000 rows, cached': 1,
  'scan of 50,000 rows after reopening': 1.2,
}
const firstOpenMs = 1000

const configuration = (outDir: string): InlineConfig => ({
  configFile: false,
  root: fileURLToPath(new URL('browser', import.meta.url)),
  logLevel: 'error',
  resolve: { conditions: ['@selene/source', ...defaultClientConditions] },
  worker: { format: 'es' },
  build: { target: 'es2024', outDir, emptyOutDir: true, assetsInlineLimit: 0 },
  preview: { port: 0 },
})

function figuresOf({ plain, sealed, image }: AllTaken): Figure[] {
  const rivals = new Map(plain)
  const compared = sealed.map(([name, list]) => {
    const bar = most[name]
    return figure({
      name,
      value: median(list),
      unit: 'ms',
      against: median(rivals.get(name)!),
      ...(bar !== undefined && { bar: { of: 'ratio', most: bar } }),
    })
  })
  const opened = image.map(([name, list]) =>
    figure({
      name,
      value: median(list),
      unit: 'ms',
      bar: { of: 'value', most: firstOpenMs },
    }),
  )
  return [...compared, ...opened]
}

async function measure(
  url: string,
  directory: string,
  progress: (done: string) => void,
): Promise<AllTaken> {
  const executablePath = findChromium(process.env)
  if (!executablePath) throw new Error(withoutChromium)
  const { promise, resolve, reject } = Promise.withResolvers<AllTaken>()
  // A context that lasts has a file system that is real.
  const context = await chromium.launchPersistentContext(join(directory, 'profile'), {
    executablePath,
    args: ['--no-sandbox'],
  })
  try {
    const page = await context.newPage()
    await page.exposeFunction('said', (what: Said) => {
      if ('taken' in what) resolve(what.taken)
      else if ('failed' in what) reject(new Error(what.failed))
      else progress(what.progress)
    })
    await page.goto(url)
    return await promise
  } finally {
    await context.close()
  }
}

export async function compareInBrowser(progress: (done: string) => void): Promise<Figure[]> {
  const directory = await mkdtemp(join(tmpdir(), 'selene-compare-'))
  try {
    const config = configuration(join(directory, 'page'))
    await build(config)
    const image = await storeImage()
    await writeFile(join(directory, 'page', 'image.bin'), await image.bytes())
    progress('page built')
    const server = await preview(config)
    try {
      return figuresOf(await measure(server.resolvedUrls!.local[0]!, directory, progress))
    } finally {
      await server.close()
    }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
