/** Tasks by their names, with what crosses to a worker and back. */
import { tasks } from './tasks.ts'

export interface Asked {
  readonly number: number
  readonly task: keyof typeof tasks
  readonly given: readonly unknown[]
}

export interface Answered {
  readonly number: number
  readonly result?: unknown
  readonly failed?: string
}

export async function answerTask({ number, task, given }: Asked): Promise<Answered> {
  const work = tasks[task] as (...args: readonly unknown[]) => Promise<unknown>
  try {
    return { number, result: await work(...given) }
  } catch (error) {
    return { number, failed: `${task}: ${String(error)}` }
  }
}
