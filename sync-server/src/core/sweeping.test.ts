import { expect, test } from 'vitest'
import { createLog } from './log.ts'
import { startSweeping } from './sweeping.ts'
import type { Timer } from './timer.ts'

function open(sweeps: Record<string, () => Promise<void>>) {
  const lines: string[] = []
  const works = new Set<() => Promise<void>>()
  const timer: Timer = {
    every(_, work) {
      works.add(work)
      return () => works.delete(work)
    },
  }
  const log = createLog({ write: (line) => lines.push(line) })
  const sweeping = startSweeping({ timer, log }, sweeps)
  const round = () => Promise.all([...works].map((work) => work()))
  return { sweeping, round, lines, works }
}

test('S67 sweeps run at the start and at every round, in turn', async () => {
  const ran: string[] = []
  const { round } = open({
    first: async () => void ran.push('first'),
    second: async () => void ran.push('second'),
  })
  await round()
  expect(ran).toEqual(['first', 'second', 'first', 'second'])
})

test('S67 one that fails is logged without its text, and keeps nothing from running', async () => {
  let rounds = 0
  const { round, lines } = open({
    bad: () => Promise.reject(new Error('MARKER')),
    good: async () => void (rounds += 1),
  })
  await round()
  expect(rounds).toBe(2)
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { sweep: 'bad', text: 'a sweep failed' },
    { sweep: 'bad', text: 'a sweep failed' },
  ])
  expect(lines.join('')).not.toContain('MARKER')
})

test('S67 stopping waits for the sweep that runs', async () => {
  const held = Promise.withResolvers<void>()
  const { sweeping, works } = open({ slow: () => held.promise })
  const stopping = sweeping.stop()
  expect(works.size).toBe(0)
  const first = Promise.race([
    stopping.then(() => 'stopped'),
    held.promise.then(() => 'sweep done'),
  ])
  held.resolve()
  expect(await first).toBe('sweep done')
  await stopping
})
