import { beforeAll, describe, expect, test } from 'vitest'
import type { CivilDate } from '../calendar/index.ts'
import { openSafe, until, type Client } from '../index.ts'
import { bakedImage } from '../node/baked-image.ts'
import { memoryFiles } from '../store/memory-files.ts'
import { memoryPlatform } from '../testing/index.ts'
import type { Platform } from './platform.ts'

const date = '2026-03-10' as CivilDate
const pin = '2580'
const wrong = { code: 'store/wrong-secret' }

let image: Blob
beforeAll(async () => {
  image = await bakedImage()
})

const onePlatform = (): Platform => memoryPlatform({ files: memoryFiles(image) })
const noteOf = async (client: Client): Promise<unknown> =>
  (await until(client.diary.day(date), () => true)).values['note.value']

describe('K16 a shared key', () => {
  test('lets another opener go on, until the store is locked, and opens no other store', async () => {
    const platform = onePlatform()
    let shared: Uint8Array | undefined
    const shareKey = (key: Uint8Array | undefined): void => void (shared = key?.slice())
    const first = await openSafe({ platform, shareKey })
    const { client } = await first.create({ pin })
    await client.diary.edit(date, { 'note.value': 'kept' })
    const key = shared!
    await first.lock()
    expect(shared).toBeUndefined()
    await first.close()

    await using second = await openSafe({ platform, shareKey })
    const again: Client = await second.resume(key)
    expect(await noteOf(again)).toBe('kept')
    expect(await second.resume(key)).toBe(again)
    expect(shared).toEqual(key)

    await second.erase()
    await second.create({ pin })
    await second.lock()
    await expect(second.resume(key)).rejects.toMatchObject(wrong)
    expect(second.client()).toBeUndefined()
  })

  test('is not told of a store that is open for reading only', async () => {
    const platform = onePlatform()
    const told: unknown[] = []
    await using safe = await openSafe({ platform, shareKey: (key) => void told.push(key) })
    await safe.create({ pin })
    await safe.lock()
    told.length = 0
    await safe.unlock({ pin }, { mode: 'reading' })
    expect(told).toEqual([])
  })
})
