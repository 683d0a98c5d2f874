import { expect, test, vi } from 'vitest'
import { openSafe, until } from '../index.ts'
import { bakedImage } from '../node/baked-image.ts'
import { memoryFiles } from '../store/memory-files.ts'
import { memoryPlatform } from '../testing/index.ts'

const server = vi.hoisted(() => ({ isReached: false }))
vi.mock('./diary-part.ts', async (original) => {
  if (!server.isReached) throw new TypeError('Failed to fetch dynamically imported module')
  return original()
})

const pin = '2580'

test('C150 while the files of an open store cannot be had none is made or opened, and an SOS goes on', async () => {
  const files = memoryFiles(await bakedImage())
  const argon2id = async () => new Uint8Array(32)
  await using safe = await openSafe({ platform: memoryPlatform({ files, argon2id }) })
  const unreachable = { code: 'server/unreachable', remedy: 'retry' }
  await expect(safe.create({ pin, recovery: true })).rejects.toMatchObject(unreachable)
  expect(await until(safe.state, () => true)).toMatchObject({ lock: 'new', bytes: 0 })
  const { phase } = await safe.kit.raise({ kind: 'sos', audience: 'contacts' })
  expect(phase).toBe('queued')

  server.isReached = true
  const { recoveryPhrase } = await safe.create({ pin, recovery: true })
  expect(recoveryPhrase?.split(' ')).toHaveLength(24)
})
