/** Starts the server of the measurements as a process of its own. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { Order, ServerKind, Told } from './server-child.ts'

export interface MeasuredServer {
  readonly url: string
  /** Resident bytes of its process, after it has collected garbage. */
  memory(): Promise<number>
  /** Milliseconds of processor time that its process has used so far. */
  cpu(): Promise<number>
  /** Runs SQL in its database. */
  script(sql: string): Promise<void>
  stop(): Promise<void>
}

/** @throws Error when it does not start. */
export async function startServer(kind: ServerKind): Promise<MeasuredServer> {
  const child = fork(new URL('server-child.ts', import.meta.url), [JSON.stringify(kind)], {
    // As `npm run engine` starts it.
    execArgv: [
      '--conditions=@selene/source',
      '--max-semi-space-size=16',
      '--initial-old-space-size=64',
      '--expose-gc',
    ],
  })
  const ended = once(child, 'exit')
  const failed = ended.then((): never => {
    throw new Error('the server of the measurements has ended')
  })
  failed.catch(() => {})
  async function hear(): Promise<Told> {
    const [told] = (await Promise.race([once(child, 'message'), failed])) as [Told]
    return told
  }
  function send(order: Order): Promise<Told> {
    const told = hear()
    child.send(order)
    return told
  }
  const first = await hear()
  return {
    url: `http://127.0.0.1:${'port' in first ? first.port : 0}`,
    async memory() {
      const told = await send('memory')
      return 'bytes' in told ? told.bytes : 0
    },
    async cpu() {
      const told = await send('cpu')
      return 'milliseconds' in told ? told.milliseconds : 0
    },
    async script(sql) {
      await send({ script: sql })
    },
    async stop() {
      child.send('stop' satisfies Order)
      await ended
    },
  }
}
