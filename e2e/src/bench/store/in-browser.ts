/** Drives the comparison of stores in Chromium: builds its page, serves it, and judges what its worker measured. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { serveBuiltPage } from '../../core/built-page.ts'
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
    const outDir = join(directory, 'page')
    const built = await serveBuiltPage(new URL('browser/', import.meta.url), outDir)
    try {
      const image = await storeImage()
      await writeFile(join(outDir, 'image.bin'), await image.bytes())
      progress('page built')
      return figuresOf(await measure(built.url, directory, progress))
    } finally {
      await built.close()
    }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
