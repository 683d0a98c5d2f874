/** The engine's program as a process of its own, for tests: started, killed, started again. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../src/engine-main.ts', import.meta.url))

export interface EngineProgram {
  /** Where it serves; rejects with its complaint when it ends before that. */
  readonly ready: Promise<URL>
  readonly ended: Promise<{ readonly code: number | null; readonly complained: string }>
  kill(signal: 'SIGTERM' | 'SIGKILL'): void
}

/** Runs it with nothing else in its environment. */
export function runEngine(
  args: readonly string[],
  environment: Record<string, string> = {},
): EngineProgram {
  const child = spawn(process.execPath, ['--conditions=@selene/source', program, ...args], {
    env: environment,
  })
  let said = ''
  let complained = ''
  const ready = Promise.withResolvers<URL>()
  ready.promise.catch(() => undefined)
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
    const port = /Ready on http:\/\/localhost:(\d+)/.exec(said)?.[1]
    if (port) ready.resolve(new URL(`http://127.0.0.1:${port}`))
  })
  child.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()))
  const ended = new Promise<{ code: number | null; complained: string }>((resolve) => {
    child.once('close', (code) => {
      ready.reject(new Error(complained))
      resolve({ code, complained })
    })
  })
  return { ready: ready.promise, ended, kill: (signal) => void child.kill(signal) }
}
