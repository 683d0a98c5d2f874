import type { Client, Safe } from '@selene/client-sdk'
import { beforeEach, expect, test } from 'vitest'
import { lockAtEnding, type EndingLock } from './ending-lock.ts'
import type { Opening } from './watched.ts'
import { createLiveValue } from './live-value.ts'

type Ended = 'removed' | 'erased' | undefined

let opening: ReturnType<typeof createLiveValue<Opening>>
let client: Client | undefined
let vault: ReturnType<typeof createLiveValue<{ ending?: Ended }>>
let locks = 0
let lock: EndingLock

/** The diary opens, its vault in that state. */
function open(ending: Ended, hasLock = true): void {
  vault = createLiveValue<{ ending?: Ended }>({ ending })
  client = { vault: { state: vault.live } } as unknown as Client
  opening.set({ state: 'open', kind: 'memory', hasLock, readOnly: false })
  vault.set({ ending })
}

const settled = async (): Promise<number> => {
  await Promise.resolve()
  await Promise.resolve()
  return locks
}

beforeEach(() => {
  locks = 0
  opening = createLiveValue<Opening>({ state: 'opening' })
  client = undefined
  const safe = { lock: async () => void locks++ } as unknown as Safe
  lock = lockAtEnding({ opening: opening.live, current: () => client, safe: Promise.resolve(safe) })
})

test('W17 the diary is locked when its vault ends under her hands, and once', async () => {
  open(undefined)
  expect(await settled()).toBe(0)
  vault.set({ ending: 'removed' })
  vault.set({ ending: 'removed' })
  expect(await settled()).toBe(1)
  open('removed')
  vault.set({ ending: 'removed' })
  expect(await settled()).toBe(1)
})

test('W17 without a lock it is asked about and not shut', async () => {
  open(undefined, false)
  vault.set({ ending: 'erased' })
  expect(await settled()).toBe(0)
})

test('W17 she knows of an end that she brings about; one that fails is none', async () => {
  open(undefined)
  await lock.expecting(async () => {})
  vault.set({ ending: 'erased' })
  expect(await settled()).toBe(0)

  open(undefined)
  await expect(lock.expecting(() => Promise.reject(new Error('refused')))).rejects.toThrow()
  vault.set({ ending: 'erased' })
  expect(await settled()).toBe(1)
})
