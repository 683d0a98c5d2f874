import type { DeviceId, Notice, SessionId, VaultId } from '@selene/shapes'
import { expect, test } from 'vitest'
import { createLog } from '../core/log.ts'
import { createConnection } from './connection.ts'

const notice = (id: number): Notice => ({ type: 'notice', kind: 'standing', id, alert: 'alert' })

/** A connection over a socket in the test's hands. */
function open({ limit = 1000, notices = [] as Notice[] } = {}) {
  const sent: unknown[] = []
  const lines: string[] = []
  let waitingBytes = 0
  let closedWith: number | 'cut' | undefined
  let taken = Promise.resolve()
  const connection = createConnection(
    {
      socket: {
        send(text) {
          sent.push(JSON.parse(text))
          return taken
        },
        ping() {},
        close: (code) => (closedWith ??= code),
        terminate: () => (closedWith = 'cut'),
        get waitingBytes() {
          return waitingBytes
        },
      },
      claims: {
        vault: 'vault' as VaultId,
        device: 'device' as DeviceId,
        session: 'session' as SessionId,
        expiresAt: 600_000,
      },
      inbox: {
        since: async () => ({ notices }),
        ack: async () => {},
        recentlyUnacked: async () => [],
      },
      clock: { now: () => 0 },
      log: createLog({ write: (line) => lines.push(line) }),
    },
    { waitingBytes: limit },
  )
  return {
    connection,
    sent,
    lines,
    closedWith: () => closedWith,
    pileUp: (bytes: number) => (waitingBytes = bytes),
    /** Nothing that is sent from now on is taken before the returned function is called. */
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>()
      taken = promise
      return resolve
    },
  }
}
const ping = '{"type":"ping"}'

test('S65 the next notice waits while more than 64 KiB do', async () => {
  const { connection, sent, pileUp, hold } = open({
    limit: 1_000_000,
    notices: [notice(1), notice(2)],
  })
  const take = hold()
  pileUp(65_537)
  connection.received('{"type":"hello","last_id":0}')
  await new Promise((resolve) => setImmediate(resolve))
  expect(sent).toEqual([notice(1)])
  pileUp(0)
  take()
  await expect.poll(() => sent).toEqual([notice(1), notice(2), { type: 'current' }])
})

test('S65 a reader that asks on while it takes nothing is cut, and the log tells it once', () => {
  const { connection, sent, lines, closedWith, pileUp } = open()
  connection.received('{"type":"hello","last_id":0}')
  pileUp(1000)
  connection.received(ping)
  expect(sent).toContainEqual({ type: 'pong' })
  pileUp(1001)
  const before = sent.length
  for (let count = 0; count < 3; count += 1) connection.received(ping)
  expect(closedWith()).toBe('cut')
  expect(sent).toHaveLength(before)
  expect(lines).toHaveLength(1)
})

test('S64 bye is said once, and what comes after it is not heard', () => {
  const { connection, sent, closedWith } = open()
  connection.received('{"type":"hello","last_id":0}')
  connection.end('stopping')
  connection.end('fault')
  connection.received(ping)
  expect(sent).toEqual([{ type: 'bye', retry_after: 1 }])
  expect(closedWith()).toBe(1001)
})
