import { expect, test, vi } from 'vitest'
import type { CivilDate } from '../calendar/index.ts'
import { until } from '../core/live.ts'
import { bakedImage } from '../node/baked-image.ts'
import { memoryFiles, memoryPlatform, openClient } from '../testing/index.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { logShape, scriptedServer, sessionNumber } from '../testing/scripted-server.ts'

const server = vi.hoisted(() => ({ isReached: false }))
vi.mock('./sync-part.ts', async (original) => {
  if (!server.isReached) throw new TypeError('Failed to fetch dynamically imported module')
  return original()
})

test('C150 sync that cannot be loaded is offline, and starts by itself once it can; the diary goes on', async () => {
  const scripted = scriptedServer()
  const clock = manualClock()
  const { client, parts } = await openClient({
    platform: memoryPlatform({
      files: memoryFiles(await bakedImage()),
      network: scripted.network,
      clock,
    }),
    server: 'https://server.test',
  })
  const { vault } = parts.vault.view()
  scripted.next('/v1/accounts', () => sessionNumber(1, { vault }))
  await client.account.register({ identifier: 'ada@example.org', passphrase: 'six lamps' })
  const offline = await until(client.sync.state, ({ phase }) => phase === 'offline')
  expect(offline.problem).toBe('server/unreachable')
  await client.diary.edit('2026-03-10' as CivilDate, { 'bleeding.value': 2 })
  expect(scripted.to('/v1/shape/vault_log')).toEqual([])

  server.isReached = true
  scripted.always(
    '/v1/shape/vault_log',
    logShape(vault, await parts.vault.entries(parts.store), 'log'),
  )
  clock.advance(15_000)
  await until(client.sync.state, ({ phase }) => phase !== 'offline')
  await expect
    .poll(() => {
      clock.advance(250)
      return scripted.to('/v1/ops').length
    })
    .toBeGreaterThan(0)
  await client.close()
})
