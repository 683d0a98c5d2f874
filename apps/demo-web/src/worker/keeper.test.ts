import { openSosKit, until, type SafeConfig } from '@selene/client-sdk'
import { memoryPlatform } from '@selene/client-sdk/testing'
import { describe, expect, test } from 'vitest'
import { createKeeper, type Keeper } from './keeper.ts'
import type { Opening } from './watched.ts'

const pin = '2580'

/** Tabs that open one store after the other, and what is handed from one to the next. */
function createWorld() {
  const platform = memoryPlatform()
  const shared: (Uint8Array | undefined)[] = []
  let prepared = 0
  async function open(key?: Uint8Array): Promise<Keeper & { end(): Promise<void> }> {
    const config: Omit<SafeConfig, 'kit' | 'shareKey'> = { platform }
    const kit = openSosKit({ platform })
    const keeper = createKeeper({
      config,
      kit,
      key: key?.slice(),
      prepare: async () => void prepared++,
      share: (next) => void shared.push(next?.slice()),
    })
    return {
      ...keeper,
      async end() {
        await keeper.close()
        await (await kit).close()
      },
    }
  }
  return { open, shared, prepared: () => prepared }
}

const known = ({ opening }: Keeper): Promise<Opening> =>
  until(opening, ({ state }) => state !== 'opening')

describe('the store of the tab that works for all', () => {
  test('without a lock opens by itself from the second time on', async () => {
    const { open, prepared } = createWorld()
    const first = await open()
    expect(await known(first)).toEqual({ state: 'new', unsealed: false })
    await expect(first.client()).rejects.toMatchObject({ code: 'store/locked' })
    expect(await first.create({ platformOnly: true })).toEqual({})
    expect(prepared()).toBe(0)
    await first.end()

    const second = await open()
    expect(await known(second)).toMatchObject({ state: 'open', hasLock: false, readOnly: false })
    expect(await until(second.secrets, () => true)).toEqual([{ id: 1, kind: 'platform' }])
    await second.end()
  })

  test('K16 with a PIN goes on with the key of the tab before, and asks without it', async () => {
    const { open, shared, prepared } = createWorld()
    const first = await open()
    await known(first)
    const { recoveryPhrase } = await first.create({ pin, recovery: true })
    expect(recoveryPhrase?.split(' ')).toHaveLength(24)
    expect(prepared()).toBe(1)
    const key = shared.at(-1)!
    await first.end()
    // A tab that ends takes nothing back.
    expect(shared.at(-1)).toEqual(key)

    const second = await open(key)
    expect(await known(second)).toMatchObject({ state: 'open', hasLock: true })
    const locking = (await second.safe).lock()
    await expect.poll(() => shared.at(-1)).toBeUndefined()
    // It counts as locked before all of it is stored and closed.
    expect(await known(second)).toEqual({ state: 'locked' })
    await locking
    await second.end()

    const third = await open()
    expect(await known(third)).toEqual({ state: 'locked' })
    await expect(third.unlock({ pin: '1397' })).rejects.toMatchObject({
      code: 'store/wrong-secret',
    })
    await third.unlock({ pin })
    expect(await known(third)).toMatchObject({ state: 'open' })
    await third.end()
  })

  test('W19 a secret is asked for again where there is one, and the platform is none', async () => {
    const { open } = createWorld()
    const keeper = await open()
    await known(keeper)
    await keeper.create({ platformOnly: true })
    await keeper.prove(undefined)
    await keeper.changeSecret({ platform: true }, 1, { pin })
    await keeper.prove({ pin })
    for (const proof of [undefined, { platform: true }, { pin: '1397' }] as const)
      await expect(keeper.prove(proof)).rejects.toMatchObject({ code: 'store/wrong-secret' })
    await keeper.end()
  })

  test('a key of another store is of no use, and is forgotten', async () => {
    const { open, shared } = createWorld()
    const first = await open()
    await known(first)
    await first.create({ pin })
    await first.end()
    const second = await open(new Uint8Array(48).fill(1))
    expect(await known(second)).toEqual({ state: 'locked' })
    expect(shared.at(-1)).toBeUndefined()
    await second.end()
  })

  test('a lock in the place of none is seen at once', async () => {
    const { open } = createWorld()
    const keeper = await open()
    await known(keeper)
    await keeper.create({ platformOnly: true })
    await keeper.changeSecret({ platform: true }, 1, { pin })
    expect(await known(keeper)).toMatchObject({ state: 'open', hasLock: true })
    expect(await until(keeper.secrets, () => true)).toEqual([{ id: 2, kind: 'pin' }])
    await keeper.end()
  })
})
