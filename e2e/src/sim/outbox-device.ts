/**
 * A device of the outbox simulation, as a process of its own that kills itself at an await. Arguments:
 * directory, server, the visit of an await at which it dies (0 = never), and the file where it says where.
 */
import { appendFileSync } from 'node:fs'
import type { Client } from '@selene/client-sdk'
import type { CivilDate } from '@selene/client-sdk/calendar'
import { instrumentModules } from '../kill/await-points.ts'

export type ToDevice =
  | { readonly type: 'register' }
  | {
      readonly type: 'edit'
      readonly date: CivilDate
      readonly note: string
      readonly temperature: number
    }
  | { readonly type: 'settle' }
  | { readonly type: 'admit'; readonly code: string }
export type FromDevice =
  | { readonly type: 'ready' | 'done' }
  | { readonly type: 'failed'; readonly why: string }

const [directory = '', server = '', lastVisit = '0', deathFile = ''] = process.argv.slice(2)
const say = (message: FromDevice): void => void process.send!(message)
let armed = false
let visits = 0

/** An await that goes on longer is one that the process dies during: some never end. */
const longestAwaitMs = 500
const ended = (awaited: unknown): Promise<unknown> =>
  Promise.race([
    Promise.resolve(awaited).catch(() => {}),
    new Promise((resolve) => setTimeout(resolve, longestAwaitMs)),
  ])

const reach = async <T>(point: string, awaited: T): Promise<Awaited<T>> => {
  const dies = armed && ++visits === Number(lastVisit)
  if (dies) {
    // Odd visits die while what they await is under way, even ones after it.
    if (visits % 2 === 0) await ended(awaited)
    appendFileSync(deathFile, `${point}\n`)
    process.kill(process.pid, 'SIGKILL')
  }
  return await awaited
}
const sdk = new URL('../../../client-sdk/src/', import.meta.url)
instrumentModules([new URL('sync/', sdk), new URL('docs/', sdk)], reach)

const { createClient, until } = await import('@selene/client-sdk')
const { nodePlatform } = await import('@selene/client-sdk/node')
const { storeImage } = await import('../core/store-image.ts')

async function act(client: Client, message: ToDevice): Promise<void> {
  switch (message.type) {
    case 'register':
      await client.account.register({
        identifier: 'person@example.org',
        passphrase: 'seven lamps by the river',
      })
      return
    case 'edit':
      await client.diary.edit(message.date, {
        'note.value': message.note,
        'temperature.value': message.temperature,
      })
      return
    case 'settle':
      await until(client.sync.state, ({ phase, unsent }) => phase === 'live' && unsent === 0)
      return
    case 'admit':
      await client.vault.admit(message.code, { label: 'witness' })
  }
}

const client = await createClient({
  platform: nodePlatform({ directory, image: storeImage }),
  server,
})
armed = true
process.on('message', (message: ToDevice) => {
  act(client, message).then(
    () => say({ type: 'done' }),
    (error: unknown) => say({ type: 'failed', why: String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
say({ type: 'ready' })
