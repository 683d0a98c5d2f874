/**
 * Notifications on one connection of its own. When the connection breaks it is opened again, with
 * growing pauses, and every listener then hears an empty payload: something may have been missed.
 */
import type pg from 'pg'
import { Problem } from '@selene/shapes'
import { checkChannel } from './channel.ts'

type Heard = (payload: string) => void

export interface Listener {
  listen(channel: string, heard: Heard): Promise<() => Promise<void>>
  close(): Promise<void>
}

const firstPauseMs = 50
const longestPauseMs = 5000

export function createListener(createClient: () => pg.Client): Listener {
  const channels = new Map<string, Set<Heard>>()
  let client: Promise<pg.Client> | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let closed = false
  let pause: NodeJS.Timeout | undefined

  async function connect(): Promise<pg.Client> {
    const opened = createClient()
    // Without a handler of its own, an error on the connection would end the process.
    opened.on('error', () => {})
    opened.on('notification', ({ channel, payload }) => {
      for (const heard of channels.get(channel) ?? []) heard(payload ?? '')
    })
    await opened.connect()
    opened.on('end', () => {
      client = undefined
      reopenAfter(firstPauseMs)
    })
    for (const channel of channels.keys()) await opened.query(`LISTEN ${channel}`)
    return opened
  }

  async function connected(): Promise<pg.Client> {
    if (closed) throw new Problem('server/unavailable')
    client ??= connect()
    try {
      return await client
    } catch (error) {
      client = undefined
      throw error
    }
  }

  /** The driver runs one statement at a time on a connection. */
  function inTurn(sql: string): Promise<unknown> {
    const run = async (): Promise<unknown> => (await connected()).query(sql)
    turn = turn.then(run, run)
    return turn
  }

  async function reopen(pauseMs: number): Promise<void> {
    try {
      await connected()
    } catch {
      reopenAfter(Math.min(2 * pauseMs, longestPauseMs))
      return
    }
    for (const heard of [...channels.values()].flatMap((set) => [...set])) heard('')
  }

  function reopenAfter(pauseMs: number): void {
    if (closed || channels.size === 0) return
    clearTimeout(pause)
    pause = setTimeout(() => void reopen(pauseMs), pauseMs)
  }

  async function unlisten(channel: string, heard: Heard): Promise<void> {
    const set = channels.get(channel)
    set?.delete(heard)
    if (set === undefined || set.size > 0) return
    channels.delete(channel)
    // A connection that broke listens to nothing any more, so a failure here changes nothing.
    await inTurn(`UNLISTEN ${channel}`).catch(() => undefined)
  }

  return {
    async listen(name, heard) {
      const channel = checkChannel(name)
      const set = channels.get(channel) ?? new Set()
      channels.set(channel, set.add(heard))
      try {
        await inTurn(`LISTEN ${channel}`)
      } catch (error) {
        set.delete(heard)
        if (set.size === 0) channels.delete(channel)
        throw error
      }
      return () => unlisten(channel, heard)
    },
    async close() {
      closed = true
      clearTimeout(pause)
      channels.clear()
      const current = await client?.catch(() => undefined)
      await current?.end()
    },
  }
}
