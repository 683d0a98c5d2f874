/** For tests: programs in a process of their own that kills itself at a flush of its store. */
import { spawn } from 'node:child_process'

const moduleUrl = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href)

/** What the programs find: `dyingPlatform(directory)`, whose device kills the process before its nth flush. */
const prelude = (nth: number): string => `
  const { createClient, openSafe, until } = await import(${moduleUrl('../index.ts')})
  const { nodePlatform } = await import(${moduleUrl('index.ts')})
  let flushes = 0
  let isArmed = true
  const arm = (on) => { isArmed = on }
  function dyingPlatform(directory) {
    const platform = nodePlatform({ directory })
    return {
      ...platform,
      files: {
        async open() {
          const files = await platform.files.open()
          return {
            ...files,
            async openDevice() {
              const device = await files.openDevice()
              return {
                ...device,
                flush() {
                  if (isArmed && ++flushes === ${nth}) process.kill(process.pid, 'SIGKILL')
                  device.flush()
                },
              }
            },
          }
        },
      },
    }
  }
`

/**
 * Runs a program until it ends or dies before its nth flush, and says which.
 * @throws Error when it ends in another way.
 */
export function runUntilKilled(program: string, nth: number): Promise<'killed' | 'ended'> {
  const child = spawn(
    process.execPath,
    [
      '--conditions=@selene/source',
      '--input-type=module',
      '--eval',
      `${prelude(nth)}\n${program}\nprocess.exit(0)`,
    ],
    { stdio: ['ignore', 'inherit', 'inherit'], cwd: import.meta.dirname },
  )
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve('killed')
      else if (code === 0) resolve('ended')
      else reject(new Error(`the program ended with ${code ?? signal}`))
    })
  })
}
