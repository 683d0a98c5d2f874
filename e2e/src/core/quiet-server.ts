/** A sync server in this process whose log lines are kept instead of printed. */
import {
  createLog,
  createServer,
  systemClock,
  systemRandom,
  systemTimer,
  type Db,
  type Server,
  type ServerConfig,
  type ServerDeps,
} from '@selene/sync-server'

export interface QuietServer {
  readonly server: Server
  readonly logLines: readonly string[]
}

const systemPorts = { clock: systemClock, timer: systemTimer, random: systemRandom }

/** @param config What differs from a server of its own at `http://localhost`. */
export async function createQuietServer(
  db: Db,
  config: Partial<ServerConfig> = {},
  ports: Partial<Pick<ServerDeps, 'clock' | 'timer' | 'random'>> = {},
): Promise<QuietServer> {
  const logLines: string[] = []
  const log = createLog({ write: (line) => void logLines.push(line) })
  const server = await createServer(
    { db, log, ...systemPorts, ...ports },
    {
      serverKey: systemRandom.bytes(32),
      publicUrl: new URL('http://localhost'),
      allowedOrigins: [],
      ...config,
    },
  )
  return { server, logLines }
}
