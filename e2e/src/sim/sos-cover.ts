/** Which awaits of the SOS code somebody was killed at, over all seeds and processes, and which need not be. */
import { readFileSync } from 'node:fs'

const root = new URL('../../../', import.meta.url)

/** Awaits by their place: those that were loaded, and those at which somebody died. */
export interface SosCover {
  readonly points: readonly string[]
  readonly struck: readonly string[]
}

/** Awaits that one server and apps that read cannot reach. */
const outOfReach = [
  {
    file: 'sync-server/src/live/connection.ts',
    code: 'await taken',
    why: 'an app that takes no more, with 64 KiB waiting for it',
  },
  {
    file: 'sync-server/src/sos/day-keys.ts',
    code: 'await load(day)',
    why: 'two servers that make the key of a day at one moment',
  },
  ...['await lockAlerts(', 'await findsBusy(candidate'].map((code) => ({
    file: 'sync-server/src/sos/due.ts',
    code,
    why: 'somebody who holds the lock of an owner for two seconds',
  })),
] as const

/** Why a point is out of reach; `undefined` for one that was missed. */
function excuseOf(point: string): string | undefined {
  const [file = '', line, column] = point.split(':')
  const source = readFileSync(new URL(file, root), 'utf8').split('\n')
  const code = source[Number(line) - 1]!.slice(Number(column) - 1)
  return outOfReach.find((one) => one.file === file && code.startsWith(one.code))?.why
}

/** What is said of it, and whether nothing was missed. */
export function sumUpCover(covers: readonly SosCover[]): { said: string; isWhole: boolean } {
  const points = new Set(covers.flatMap((cover) => cover.points))
  const struck = new Set(covers.flatMap((cover) => cover.struck))
  const missed = [...points].filter((point) => !struck.has(point)).toSorted()
  const reasons = missed.map(excuseOf)
  const list = missed.map((point, i) => `\n  not at ${point}: ${reasons[i] ?? 'missed'}`)
  return {
    said: `${points.size} awaits in the SOS code, killed at ${struck.size}${list.join('')}`,
    isWhole: reasons.every((reason) => reason !== undefined),
  }
}
