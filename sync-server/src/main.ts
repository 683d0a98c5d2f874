/** The sync server as a program: `npm start`. The only place that touches the process. */
const oldest = 24
if (Number(process.versions.node.split('.')[0]) < oldest) {
  process.stderr.write(
    `Selene runs on Node ${oldest} or later and this is ${process.versions.node}. Start it with "npm start", ` +
      'which uses the Node that the project pins; if that is missing, run "npm ci" first.\n',
  )
  process.exit(1)
}

const { start } = await import('./start.ts')

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // A process of somebody else may not be signalled, but it runs.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

try {
  const started = await start({
    environment: process.env,
    processes: { pid: process.pid, isRunning },
    say: (text) => process.stdout.write(text),
    logSink: process.stderr,
  })
  let stopping: Promise<void> | undefined
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      process.stdout.write(stopping ? '' : 'Stopping\n')
      stopping ??= started.stop().then(() => process.exit(0))
    })
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'The server did not start.'}\n`)
  process.exit(1)
}
