import { afterAll, beforeAll, expect, test } from 'vitest'
import { databases, type OpenedDatabase } from '../../test/databases.ts'
import { newId, randomBytes } from '../../test/device-fixture.ts'
import { createMailbox } from './mailbox.ts'

let opened: OpenedDatabase
beforeAll(async () => {
  opened = await databases[0]!.open()
})
afterAll(() => opened.drop())

test('S45 only so many links are open at once; an ended one makes room', async () => {
  let now = 0
  const mailbox = createMailbox({ db: opened.db, clock: { now: () => now } }, { openLinks: 2 })
  const open = () => mailbox.open(newId(), randomBytes(32))
  await open()
  await open()
  await expect(open()).rejects.toMatchObject({ code: 'server/overloaded', retryAfterSeconds: 120 })
  now += 120_000
  await open()
})
