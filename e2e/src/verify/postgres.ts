/**
 * A real Postgres for the tests: finds PostgreSQL 15 or later with PostGIS on this machine and runs a
 * cluster of its own from it. Clusters that are already there are never touched.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

const oldestMajor = 15
const debianHome = '/usr/lib/postgresql'

export interface LocalPostgres {
  /** Directory of initdb and pg_ctl. */
  readonly bin: string
  readonly major: number
  /** Postgres refuses to run as root; then it runs as this user. */
  readonly user?: { readonly uid: number; readonly gid: number }
}

/** What was found, or why there is nothing to run. */
export type PostgresSearch =
  | { readonly ok: true; readonly postgres: LocalPostgres }
  | { readonly ok: false; readonly reason: string }

export interface Cluster {
  /** Connection of the superuser. */
  readonly url: string
  /** Stops the cluster and removes its directory. */
  stop(): Promise<void>
}

/** What a program prints, or nothing when it is missing or fails. */
function printed(command: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: 'pipe' }).trim()
  } catch {
    return undefined
  }
}

function majorOf(bin: string): number {
  const version = printed(join(bin, 'postgres'), ['--version']) ?? ''
  return existsSync(join(bin, 'initdb')) ? Number(/ (\d+)/.exec(version)?.[1] ?? 0) : 0
}

const hasLibrary = (directory: string): boolean =>
  existsSync(directory) && readdirSync(directory).some((name) => /^postgis-.*\.so$/.test(name))

/** Both halves: Debian has the extension's scripts and its library in packages of their own. */
function hasPostgis({ bin, major }: LocalPostgres): boolean {
  const config = (flag: string) => printed(join(bin, 'pg_config'), [flag])
  const shares = [`/usr/share/postgresql/${major}`, config('--sharedir')]
  const libraries = [`/usr/lib/postgresql/${major}/lib`, config('--pkglibdir')]
  return (
    shares.some((share) => share && existsSync(join(share, 'extension/postgis.control'))) &&
    libraries.some((library) => library && hasLibrary(library))
  )
}

const userId = (flag: '-u' | '-g'): number =>
  Number(printed('id', [flag, 'postgres']) ?? Number.NaN)

/** Looks where Debian keeps PostgreSQL and where `pg_config` says, newest first. */
export function findLocalPostgres(): PostgresSearch {
  const versions = existsSync(debianHome) ? readdirSync(debianHome) : []
  const configured = printed('pg_config', ['--bindir'])
  const bins = [...versions.map((name) => join(debianHome, name, 'bin')), configured ?? '']
  const found = bins
    .map((bin) => ({ bin, major: majorOf(bin) }))
    .filter(({ major }) => major >= oldestMajor)
    .toSorted((a, b) => b.major - a.major)
  if (found.length === 0)
    return { ok: false, reason: `no PostgreSQL ${oldestMajor} or later is installed` }
  const postgres = found.find(hasPostgis)
  if (!postgres)
    return { ok: false, reason: `PostGIS is not installed for PostgreSQL ${found[0]!.major}` }
  if (process.getuid?.() !== 0) return { ok: true, postgres }
  const user = { uid: userId('-u'), gid: userId('-g') }
  return Number.isInteger(user.uid) && Number.isInteger(user.gid)
    ? { ok: true, postgres: { ...postgres, user } }
    : { ok: false, reason: 'PostgreSQL does not run as root and there is no user postgres' }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}

/** Resolves with the first line of output; rejects with what went to the other output at the end. */
function firstLine(child: ChildProcess): Promise<void> {
  let complaints = ''
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
    child.stdout?.once('data', () => resolve())
    child.once('error', reject)
    child.once('close', () => reject(new Error(`PostgreSQL did not start\n${complaints}`)))
  })
}

/**
 * Starts a cluster on a free port. It ends with {@link Cluster.stop} or with this process, even a killed
 * one. Throws an Error with PostgreSQL's own words when it does not start.
 */
export async function startCluster({ bin, user }: LocalPostgres): Promise<Cluster> {
  const port = await freePort()
  // As text, since the user postgres may not be allowed to read this folder.
  const script = readFileSync(new URL('postgres-cluster.sh', import.meta.url), 'utf8')
  const child = spawn('sh', ['-c', script, 'postgres-cluster', bin, String(port)], {
    ...user,
    cwd: '/',
    detached: true, // a Ctrl-C in the terminal is for this process, which then stops the cluster
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await firstLine(child)
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      child.stdin.end()
      await ended
    },
  }
}
