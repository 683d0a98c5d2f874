import { memoryFiles, openStore, upgrades } from '@selene/client-sdk/testing'
import { expect, test } from 'vitest'
import { ask, createIncarnation, isKilled } from './incarnation.ts'
import { mortalStore } from './mortal-ports.ts'
import { keepRunning } from './process.ts'

const never = new Promise<never>(() => {})

test('a process that dies while it takes a failed write back holds up no later writer', async () => {
  const store = await openStore(memoryFiles(), upgrades)
  const life = createIncarnation('first')
  const undoing = Promise.withResolvers<void>()
  const written = ask(life, () =>
    mortalStore(life, store).write(
      () => Promise.reject(new Error('refused')),
      () => {
        undoing.resolve()
        return never
      },
    ),
  )
  await undoing.promise
  life.kill()
  await expect(written).rejects.toSatisfy(isKilled)
  const next = mortalStore(createIncarnation('second'), store)
  expect(await next.write(async () => 'written')).toBe('written')
  await store.close()
})

test('a process that cannot start stays down and says why', async () => {
  const fault = new Error('the port is taken')
  const process = keepRunning(
    'server',
    () => Promise.reject(fault),
    async () => {},
  )
  await expect(process.running()).rejects.toBe(fault)
  expect(process.startFault()).toBe(fault)
})
