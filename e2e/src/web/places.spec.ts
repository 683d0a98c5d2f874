import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test'
import { serveBuiltPage, type BuiltPage } from '../core/built-page.ts'
import { storeImage } from '../core/store-image.ts'
import { findChromium } from '../verify/chromium.ts'
import type { Asked } from './places/answer.ts'
import type { Tasks } from './places/tasks.ts'

let directory: string
let built: BuiltPage
let context: BrowserContext
let page: Page
test.beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'selene-places-'))
  const outDir = join(directory, 'page')
  built = await serveBuiltPage(new URL('places/', import.meta.url), outDir)
  await writeFile(join(outDir, 'image.bin'), await (await storeImage()).bytes())
})
test.afterAll(async () => {
  await built.close()
  await rm(directory, { recursive: true, force: true })
})
test.beforeEach(async () => {
  const executablePath = findChromium(process.env)
  context = await chromium.launchPersistentContext(await mkdtemp(join(directory, 'profile-')), {
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox'],
  })
  page = await context.newPage()
  await page.goto(built.url)
})
test.afterEach(() => context.close())

type Where = 'page' | 'worker'
let number = 0

/** Has the browser do a task. */
async function doTask<K extends keyof Tasks>(
  where: Where,
  task: K,
  ...given: Parameters<Tasks[K]>
): Promise<Awaited<ReturnType<Tasks[K]>>> {
  const asked: Asked = { number: (number += 1), task, given }
  const answer = await page.evaluate(([at, what]) => globalThis.doTask(at, what), [
    where,
    asked,
  ] as const)
  return answer as Awaited<ReturnType<Tasks[K]>>
}

test('a device in OPFS, in a worker, keeps the laws of devices', async () => {
  expect(await doTask('worker', 'brokenLaws', 'opfs')).toEqual([])
})

for (const where of ['page', 'worker'] as const)
  test(`a device in IndexedDB, in a ${where}, keeps the laws of devices`, async () => {
    expect(await doTask(where, 'brokenLaws', 'indexeddb')).toEqual([])
  })

test('W41 a page that was frozen while another took over stores nothing any more', async () => {
  expect(await doTask('page', 'wakeAfterTakeover')).toEqual({ refused: 'io', found: [1, 2, 1] })
})

test('a worker puts the store in OPFS, where it stays: a page cannot reach it, and makes no other', async () => {
  expect(await doTask('worker', 'openDiary', 'diary')).toBe('opfs')
  await doTask('worker', 'writeDays', 0, 2)
  await doTask('worker', 'closeDiary')
  expect(await doTask('page', 'openDiary', 'diary')).toBe('store/not-permitted')
  expect(await doTask('worker', 'openDiary', 'diary')).toBe('opfs')
  expect(await doTask('worker', 'countDays')).toBe(2)
})

test('without synchronous files it is in IndexedDB, and stays there for a worker too', async () => {
  expect(await doTask('page', 'openDiary', 'diary')).toBe('indexeddb')
  await doTask('page', 'writeDays', 0, 2)
  await doTask('page', 'closeDiary')
  expect(await doTask('worker', 'openDiary', 'diary')).toBe('indexeddb')
  expect(await doTask('worker', 'countDays')).toBe(2)
})

/** The browser gives this origin so many bytes more than it has now; `undefined`: as many as ever. */
async function allowBytes(more: number | undefined): Promise<void> {
  const session = await context.newCDPSession(page)
  const { origin } = new URL(built.url)
  const { usage } = await session.send('Storage.getUsageAndQuota', { origin })
  await session.send('Storage.overrideQuotaForOrigin', {
    origin,
    ...(more !== undefined && { quotaSize: usage + more }),
  })
}

test('C8 a full disk fails one write of a store in OPFS and keeps all before it; it goes on when there is room', async () => {
  expect(await doTask('worker', 'openDiary', 'diary')).toBe('opfs')
  await doTask('worker', 'writeDays', 0, 3)
  await allowBytes(0)
  const { written, ended } = await doTask('worker', 'writeDays', 3, 1_000)
  expect(ended).toBe('store/full')
  expect(await doTask('worker', 'countDays')).toBe(written)
  await allowBytes(undefined)
  expect(await doTask('worker', 'writeDays', written, 3)).toEqual({ written: written + 3 })
  await doTask('worker', 'closeDiary')
  expect(await doTask('worker', 'openDiary', 'diary')).toBe('opfs')
  expect(await doTask('worker', 'countDays')).toBe(written + 3)
})

test('C8 a full disk ends a device in IndexedDB, which is found as it was stored last', async () => {
  await allowBytes(8_000_000)
  const { refusals, stored } = await doTask('page', 'overfill', 'overfilled')
  expect(refusals).toEqual(['full', 'io'])
  expect(stored).toBeGreaterThan(0)
  await allowBytes(undefined)
  expect(await doTask('page', 'hasBlocks', 'overfilled', stored)).toBe(true)
})
