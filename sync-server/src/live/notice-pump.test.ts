import type { Notice, VaultId } from '@selene/shapes'
import { expect, test } from 'vitest'
import { createNoticePump } from './notice-pump.ts'

const account = 'account' as VaultId
const notice = (id: number): Notice => ({
  type: 'notice',
  kind: 'standing',
  id,
  alert: 'alert',
})

const pageSize = 3

/** A pump over a list of ids; each delivery waits for `taken` when it is held. */
function open(ids: number[]) {
  const asked: number[] = []
  const pages: number[] = []
  const out: (number | 'current' | 'failed')[] = []
  let held: Promise<void> | undefined
  const pump = createNoticePump({
    account,
    inbox: {
      since(_, { last, after }) {
        if (after === 0) asked.push(last)
        pages.push(after)
        const page = ids.filter((id) => id > after).slice(0, pageSize)
        const next = page.length === pageSize ? page.at(-1) : undefined
        return Promise.resolve({ notices: page.map(notice), ...(next && { next }) })
      },
    },
    async deliver({ id }) {
      await held
      out.push(id)
    },
    current: () => out.push('current'),
    failed: () => out.push('failed'),
  })
  const hold = () => {
    const taken = Promise.withResolvers<void>()
    held = taken.promise
    return taken.resolve
  }
  return { pump, asked, pages, out, hold }
}

test('S61 what waits, then current once, then what is new, each once', async () => {
  const ids = [3, 5]
  const { pump, asked, out } = open(ids)
  pump.start(2)
  await pump.idle()
  ids.push(8)
  pump.wake()
  await pump.idle()
  expect(out).toEqual([3, 5, 'current', 8])
  expect(asked).toEqual([2, 5])
})

test('S61 a notice whose number is lower than one sent before is sent all the same', async () => {
  const ids = [6]
  const { pump, out } = open(ids)
  pump.start(0)
  await pump.idle()
  ids.unshift(4)
  pump.wake()
  await pump.idle()
  expect(out).toEqual([6, 'current', 4])
})

test('S61 it reads a page at a time, and the next one when the socket has taken the one before', async () => {
  const ids = [1, 2, 3, 4, 5, 6, 7]
  const { pump, asked, pages, out, hold } = open(ids)
  const take = hold()
  pump.start(9)
  await Promise.resolve()
  expect(pages).toEqual([0])
  // Committed meanwhile, with a number behind which the first page has come.
  ids.push(8)
  take()
  await pump.idle()
  expect(out).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 'current'])
  expect([asked, pages]).toEqual([[9], [0, 3, 6]])
})

test('before hello nothing is read', async () => {
  const { pump, asked } = open([1])
  pump.wake()
  await pump.idle()
  expect(asked).toEqual([])
})

test('S65 while the socket takes nothing the inbox is not read again, however often it is woken', async () => {
  const ids = [1]
  const { pump, asked, out, hold } = open(ids)
  const take = hold()
  pump.start(0)
  for (const id of [2, 3]) {
    ids.push(id)
    pump.wake()
  }
  expect(asked).toEqual([0])
  take()
  await pump.idle()
  expect(out).toEqual([1, 'current', 2, 3])
  expect(asked).toEqual([0, 1])
})

test('after it has stopped nothing more is sent', async () => {
  const { pump, out, hold } = open([1, 2])
  const take = hold()
  pump.start(0)
  await Promise.resolve()
  pump.stop()
  take()
  pump.wake()
  await pump.idle()
  expect(out).not.toContain(2)
  expect(out).not.toContain('current')
})

test('a fault is told once and ends it', async () => {
  const out: string[] = []
  const pump = createNoticePump({
    account,
    inbox: { since: () => Promise.reject(new Error('gone')) },
    deliver: async () => {},
    current: () => out.push('current'),
    failed: () => out.push('failed'),
  })
  pump.start(0)
  await pump.idle()
  pump.wake()
  await pump.idle()
  expect(out).toEqual(['failed'])
})
