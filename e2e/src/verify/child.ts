/** Runs one program to its end, its output kept or shown. */
import { spawn } from 'node:child_process'

export interface ChildOptions {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  /** Shows the output as it comes instead of keeping it. */
  readonly stream: boolean
  /** Ends the program when aborted. */
  readonly signal: AbortSignal
}

export interface ChildResult {
  readonly ok: boolean
  /** What was written to both outputs, in order; empty when it was shown. */
  readonly output: string
  readonly seconds: number
}

/** Resolves when the program has ended, well or not; a program that cannot start has not ended well. */
export function runChild(options: ChildOptions): Promise<ChildResult> {
  const { command, args, cwd, env, stream, signal } = options
  const started = performance.now()
  const kept: Buffer[] = []
  return new Promise((resolve) => {
    const end = (ok: boolean, problem = ''): void =>
      resolve({
        ok,
        output: Buffer.concat(kept).toString() + problem,
        seconds: (performance.now() - started) / 1000,
      })
    const outputs = stream ? 'inherit' : 'pipe'
    const child = spawn(command, args, { cwd, env, signal, stdio: ['ignore', outputs, outputs] })
    child.stdout?.on('data', (chunk: Buffer) => kept.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => kept.push(chunk))
    child.on('error', (error) => {
      // An aborted child is still there until it closes.
      if (child.pid === undefined) end(false, `${command}: ${error.message}\n`)
    })
    child.on('close', (code) => end(code === 0))
  })
}
