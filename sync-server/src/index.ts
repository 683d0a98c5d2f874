/** The server's parts for programs that embed it: tests, simulations, other hosts. */
export {
  createServer,
  migrationsDirectory,
  type Server,
  type ServerConfig,
  type ServerDeps,
} from './server.ts'
export { start, type StartDeps, type Started } from './start.ts'
export { serveEngine, startEngine, type StartedEngine } from './engine-start.ts'
export { readConfig, type Config, type Environment } from './config.ts'
export { systemClock, type Clock } from './core/clock.ts'
export { listen, type Listener } from './http/listen.ts'
export { createLog, type LineSink, type Log, type LogLevel } from './core/log.ts'
export { systemRandom, type Random } from './core/random.ts'
export { systemTimer, type Timer } from './core/timer.ts'
export type { Db } from './db/db.ts'
export { migrate } from './db/migrate.ts'
export { createPgDb } from './db/pg.ts'
export { createPgliteDb } from './db/pglite.ts'
