import { afterEach, expect, test } from 'vitest'
import { testPerson } from '../testing/test-person.ts'
import type { Kit } from './kit.ts'

const reachable = [{ kind: 'phone', name: 'Ana', address: '+4915112345678' }] as const
const opened: Kit[] = []
afterEach(() => Promise.all(opened.splice(0).map((kit) => kit.close())))

test('C135 the kit knows people without the app with no store, and sends them nothing', async () => {
  const person = await testPerson('reachable')
  const kit = await person.open()
  opened.push(kit)
  expect(kit.reachable.get()).toEqual({ status: 'ready', value: [] })
  await kit.provision({ ...person.profile, reachable })
  await kit.raise({ note: 'blue door' })
  await expect.poll(() => person.alerts.taken.length).toBe(1)
  expect(JSON.stringify(person.alerts.taken)).not.toContain('15112345678')
  await kit.close()

  const again = await person.open()
  opened.push(again)
  expect(again.reachable.get()).toEqual({ status: 'ready', value: reachable })
  await again.provision(person.profile)
  expect(again.reachable.get()).toEqual({ status: 'ready', value: [] })
})
