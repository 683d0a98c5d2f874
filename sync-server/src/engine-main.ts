/** The shape engine as a program: `npm run engine`. Like `main.ts`, it may touch the process. */
import { readEngineSettings, startEngine } from './engine-start.ts'

try {
  const started = await startEngine(readEngineSettings(process.argv.slice(2), process.env), {
    say: (text) => process.stdout.write(text),
  })
  let stopping: Promise<void> | undefined
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      stopping ??= started.stop().then(() => process.exit(0))
    })
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'The engine did not start.'}\n`)
  process.exit(1)
}
