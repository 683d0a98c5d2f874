import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createCompaction } from '../docs/compaction.ts'
import { createInbox } from '../docs/inbox.ts'
import type { Snapshots } from '../docs/snapshots.ts'
import { openTestDevice, type TestDevice } from '../testing/test-device.ts'
import { createDocumentSync, type DocumentSync } from './document-sync.ts'

let device: TestDevice
let looks: number
let look: () => Promise<void>
let sync: DocumentSync

beforeAll(async () => {
  device = await openTestDevice()
})
afterAll(() => device.client.close())

/** Every look begins with the question for gaps. */
beforeEach(() => {
  looks = 0
  look = () => Promise.resolve()
  const snapshots: Snapshots = {
    check: () => Promise.resolve(),
    async hasGaps() {
      looks += 1
      await look()
      return false
    },
    fillGaps: () => Promise.resolve(false),
  }
  const { parts } = device
  sync = createDocumentSync({
    ...parts,
    inbox: createInbox(parts),
    snapshots,
    compaction: createCompaction(parts),
    fetchAgain() {},
    written() {},
    changed() {},
    told() {},
  })
})

test('C30, W23 what is missing is looked for only while both shapes are at their ends', async () => {
  await sync.reached('doc_updates')
  expect(looks).toBe(0)
  await sync.reached('doc_snapshots')
  expect(looks).toBe(1)
  await sync.left('doc_updates')
  await sync.reached('doc_snapshots')
  await sync.logReached()
  expect(looks).toBe(1)
  await sync.reached('doc_updates')
  expect(looks).toBe(2)
})

test('C30, W23 a look ends before the copy that it relies on is emptied', async () => {
  const looking = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  look = () => {
    looking.resolve()
    return goOn.promise
  }
  await sync.reached('doc_updates')
  const reached = sync.reached('doc_snapshots')
  await looking.promise
  const order: string[] = []
  const left = sync.left('doc_updates').then(() => order.push('left'))
  void reached.then(() => order.push('looked'))
  goOn.resolve()
  await Promise.all([reached, left])
  expect(order).toEqual(['looked', 'left'])
})
