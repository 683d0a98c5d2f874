/** A simulated process that is started again whenever it has died. */
import { ask, createIncarnation, isKilled, type Incarnation } from './incarnation.ts'

/** Between a death and the next life. */
const restartMs = 20

export interface Process {
  readonly name: string
  life(): Incarnation
  /** Ends in good order, if it lives that long, and starts again. */
  restart(): Promise<void>
  /** How often it was killed. */
  deaths(): number
  /** Why it could not start, if it could not: then it stays down. */
  startFault(): unknown
}

/** A process that is started again whenever it has died. */
export function keepRunning<T>(
  name: string,
  start: (life: Incarnation) => Promise<T>,
  stop: (running: T) => Promise<void>,
): Process & { running(): Promise<T>; end(): void } {
  let life = createIncarnation(name)
  let running: Promise<T>
  let deaths = 0
  let ended = false
  let orderly = false
  let fault: unknown
  const begin = (): void => {
    running = ask(life, () => start(life))
    running.catch((error: unknown) => {
      if (!isKilled(error)) fault = error
    })
    life.death.catch(() => {
      deaths += orderly ? 0 : 1
      orderly = false
      life = createIncarnation(name)
      const next = life
      const { promise, resolve } = Promise.withResolvers<void>()
      running = promise.then(() => running)
      running.catch(() => {})
      setTimeout(() => {
        if (!ended && life === next) begin()
        resolve()
      }, restartMs)
    })
  }
  begin()
  return {
    name,
    life: () => life,
    deaths: () => deaths,
    startFault: () => fault,
    running: () => running,
    async restart() {
      const [before, now] = [life, await running]
      await ask(before, () => stop(now)).catch((error: unknown) => {
        if (!isKilled(error)) throw error
      })
      if (before.isDead()) return
      orderly = true
      before.kill()
    },
    end: () => void (ended = true),
  }
}
