/**
 * Who lives through seeds: this process, or others that this one starts and tells one seed after another, as a
 * simulation keeps one core busy.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { SosCover } from './sos-cover.ts'
import { simulations, type SimulationName } from './simulations.ts'

/** What became of a seed, in a line for people. */
export interface Outcome {
  readonly ok: boolean
  readonly said: string
}

export interface SeedRunner {
  run(seed: string): Promise<Outcome>
  /** After the last seed. */
  end(): Promise<SosCover | undefined>
}

export async function runHere(name: SimulationName): Promise<SeedRunner> {
  const { run, end } = await simulations[name]()
  return {
    async run(seed) {
      const started = process.hrtime.bigint()
      try {
        const report = await run(seed)
        const seconds = (Number(process.hrtime.bigint() - started) / 1e9).toFixed(1)
        return { ok: true, said: `ok ${seconds} s ${JSON.stringify(report)}` }
      } catch (error) {
        return { ok: false, said: `FAILED: ${String(error)}` }
      }
    },
    end: async () => end?.(),
  }
}

type Asked = { readonly seed: string } | { readonly end: true }

/** A process that is asked one thing at a time; once it has died it answers everything with how. */
function startChild(name: SimulationName) {
  const child = fork(process.argv[1]!, [name, '--child'])
  const exit = once(child, 'exit')
  const died = exit.then(([code, signal]: unknown[]) => {
    throw new Error(`its process ended: ${String(code ?? signal)}`)
  })
  died.catch(() => {})
  return {
    async ask(asked: Asked): Promise<unknown> {
      const answered = once(child, 'message').then(([answer]: unknown[]) => answer)
      child.send(asked, () => {}) // That it cannot be sent is seen by its end.
      return Promise.race([answered, died])
    },
    async end(): Promise<void> {
      if (child.connected) child.disconnect()
      await exit
    },
  }
}

/** Another process of this program ({@link answerParent}); one that dies is followed by another. */
export function runElsewhere(name: SimulationName): SeedRunner {
  let child = startChild(name)
  return {
    async run(seed) {
      try {
        return (await child.ask({ seed })) as Outcome
      } catch (error) {
        child = startChild(name)
        return { ok: false, said: `FAILED: ${String(error)}` }
      }
    },
    async end() {
      const { cover } = (await child.ask({ end: true })) as { cover?: SosCover }
      await child.end()
      return cover
    },
  }
}

/** Lives through the seeds that the process which started this one names. */
export async function answerParent(name: SimulationName): Promise<void> {
  const runner = runHere(name)
  process.on('message', (asked: Asked) => {
    void runner.then(async ({ run, end }) =>
      process.send!('end' in asked ? { cover: await end() } : await run(asked.seed)),
    )
  })
  await once(process, 'disconnect')
}
