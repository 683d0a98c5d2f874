/** Who may no longer read, on whole servers: what is held for a device ends with it (W69). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onEachDatabase } from './databases.ts'
import { addition, appendBody, extend, newMember, nextEntry, removal } from './device-fixture.ts'
import { newPerson } from './live-fixture.ts'
import {
  newSentOp,
  openServerBeside,
  openTestServer,
  sendOps,
  signInDevice,
  type TestServer,
} from './server-fixture.ts'

onEachDatabase('held readers', (database) => {
  let it: TestServer
  let beside: TestServer
  beforeAll(async () => {
    it = await openTestServer(database, { waitMilliseconds: 600_000 })
    beside = await openServerBeside(it)
  })
  afterAll(async () => {
    await beside.close()
    await it.close()
  })

  /** A second device of a vault, and what takes it away again. */
  async function twoDevices() {
    const { view, founder, token } = await newPerson(it)
    const second = newMember()
    const added = nextEntry(view, addition(second), founder, [second])
    const removed = nextEntry(
      extend(view, added),
      removal(extend(view, added), [second.id], []),
      founder,
    )
    await sendOps(it, token, [newSentOp('vault.append', 1, appendBody(added))])
    const { body } = await signInDevice(it, view.vault, second)
    const remove = () => sendOps(it, token, [newSentOp('vault.append', 2, appendBody(removed))])
    return { hers: token, theirs: body.access_token, session: body.session, remove }
  }

  /** Waits for contacts, which nobody is about to have, at a server. */
  async function hold(server: TestServer, token: string) {
    const at = (query: string) => server.call('GET', `/v1/shape/contacts?${query}`, { token })
    const { headers } = await at('offset=-1')
    const handle = headers.get('electric-handle')
    const place = (await at('offset=now')).headers.get('electric-offset')
    const ended = { yet: false }
    const answer = at(`offset=${place}&handle=${handle}&live=true`)
    void answer.finally(() => (ended.yet = true))
    return { answer, ended }
  }

  test('S29 W69 a device that is removed is told so at once, another reads on', async () => {
    const { hers, theirs, remove } = await twoDevices()
    const [first, second] = [await hold(it, hers), await hold(it, theirs)]
    await remove()
    const { status, body } = await second.answer
    expect([status, body.code]).toEqual([403, 'vault/member-removed'])
    await it.sweep()
    expect(first.ended.yet).toBe(false)
  })

  test('S29 W69 on another process the sweep ends it', async () => {
    const { theirs, remove } = await twoDevices()
    const held = await hold(beside, theirs)
    await remove()
    await beside.sweep()
    expect((await held.answer).body.code).toBe('vault/member-removed')
  })

  test('S29 W69 a session that ends takes its readers along', async () => {
    const { theirs, session } = await twoDevices()
    const held = await hold(it, theirs)
    await it.call('DELETE', `/v1/auth/sessions/${session}`, { token: theirs })
    await it.sweep()
    expect((await held.answer).body.code).toBe('auth/session-ended')
  })
})
