/**
 * Configuration: the environment, read once into a frozen value. What is missing or unsafe is refused
 * with every fault named, and no fault shows a value, since some values are secrets.
 */
import { base64urlToBytes } from '@selene/shapes'
import * as v from 'valibot'
import type { SigningKey } from './auth/signing-keys.ts'
import { logLevels, type LogLevel } from './core/log.ts'
import { serverKeyBytes } from './core/server-key.ts'
import type { ReleaseRules } from './sos/release.ts'

export interface Config {
  readonly port: number
  /** Where the embedded database lives, unless `databaseUrl` names another. */
  readonly dataDirectory: string
  readonly databaseUrl: string | undefined
  /** Absent only with the embedded database, which then keeps one in the data directory. */
  readonly serverKey: Uint8Array | undefined
  readonly signingKeys: readonly SigningKey[] | undefined
  readonly publicUrl: URL
  readonly allowedOrigins: readonly string[]
  readonly logLevel: LogLevel
  /** The Electric that answers shape requests; absent: the built-in engine does. */
  readonly electric: { readonly url: URL; readonly secret: string } | undefined
  /** Who may be given the position of somebody nearby (W56). */
  readonly release: ReleaseRules
}

export type Environment = Readonly<Record<string, string | undefined>>
export type ReadConfig = { ok: true; config: Config } | { ok: false; faults: readonly string[] }

const signingKeySet = v.object({
  keys: v.pipe(
    v.array(
      v.object({
        kty: v.literal('OKP'),
        crv: v.literal('Ed25519'),
        kid: v.pipe(v.string(), v.minLength(1)),
        x: v.string(),
        d: v.string(),
      }),
    ),
    v.minLength(1),
    v.check((keys) => new Set(keys.map((key) => key.kid)).size === keys.length),
  ),
})

/** Reads the configuration; an empty variable counts as unset. */
export function readConfig(environment: Environment): ReadConfig {
  const faults: string[] = []
  const get = (name: string): string | undefined => environment[name]?.trim() || undefined
  const read = <T>(name: string, parse: (text: string) => T | undefined, expected: string) => {
    const text = get(name)
    const value = text === undefined ? undefined : parse(text)
    if (text !== undefined && value === undefined) faults.push(`${name}: ${expected}`)
    return value
  }
  const port = read('PORT', parsePort, 'a port number from 0 to 65535') ?? 8000
  const publicUrl = read('PUBLIC_URL', parseOrigin, 'an http(s) origin, like https://example.org')
  const databaseUrl = read('DATABASE_URL', parseDatabaseUrl, 'a postgres:// URL')
  const serverKey = read('SERVER_KEY', parseServerKey, '32 bytes in base64url, without padding')
  const signingKeys = read(
    'AUTH_KEYS',
    parseSigningKeys,
    'a JWK set of private Ed25519 keys, each with its own kid',
  )
  const allowedOrigins = read(
    'ALLOWED_ORIGINS',
    parseOrigins,
    'http(s) origins, separated by commas',
  )
  const logLevel = read('LOG_LEVEL', parseLogLevel, `one of ${logLevels.join(', ')}`)
  const electricUrl = read(
    'ELECTRIC_URL',
    parseHttpUrl,
    'an http(s) URL, like http://electric:3000',
  )
  const electricSecret = get('ELECTRIC_SECRET')
  const count = (name: string) => read(name, parseCount, 'a whole number from 0 to 1000')
  const release: ReleaseRules = {
    minAccountDays: count('RESPONDER_MIN_ACCOUNT_DAYS') ?? 14,
    minCellDays: count('RESPONDER_MIN_CELL_DAYS') ?? 3,
    releasesPerAlert: count('RESPONDER_RELEASES_PER_ALERT') ?? 3,
    releasesPerDay: count('RESPONDER_RELEASES_PER_DAY') ?? 1,
  }

  if (get('NODE_ENV') === 'production' && publicUrl?.protocol !== 'https:')
    faults.push('PUBLIC_URL: production needs an https origin')
  const keyNeeded = get('NODE_ENV') === 'production' || get('DATABASE_URL') !== undefined
  if (keyNeeded && get('SERVER_KEY') === undefined)
    faults.push('SERVER_KEY: needed in production and with DATABASE_URL; see .env.example')
  if (electricUrl && electricSecret === undefined)
    faults.push('ELECTRIC_SECRET: needed with ELECTRIC_URL, as Electric answers whoever reaches it')
  if (electricSecret !== undefined && get('ELECTRIC_URL') === undefined)
    faults.push('ELECTRIC_URL: needed with ELECTRIC_SECRET')
  if (electricUrl && get('DATABASE_URL') === undefined)
    faults.push('DATABASE_URL: needed with ELECTRIC_URL, which reads the same Postgres')
  if (faults.length > 0) return { ok: false, faults }
  const config: Config = {
    port,
    dataDirectory: get('DATA_DIR') ?? '.data',
    databaseUrl,
    serverKey,
    signingKeys,
    publicUrl: publicUrl ?? new URL(`http://localhost:${port}`),
    allowedOrigins: allowedOrigins ?? [],
    logLevel: logLevel ?? 'info',
    electric:
      electricUrl && electricSecret !== undefined
        ? { url: electricUrl, secret: electricSecret }
        : undefined,
    release,
  }
  return { ok: true, config: Object.freeze(config) }
}

const parsePort = (text: string): number | undefined =>
  /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined

const parseCount = (text: string): number | undefined =>
  /^\d{1,4}$/.test(text) && Number(text) <= 1000 ? Number(text) : undefined

/** An origin and nothing behind it. */
function parseOrigin(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const plain = url.href === `${url.origin}/` && url.username === ''
  return plain && /^https?:$/.test(url.protocol) ? url : undefined
}

/** An address under which other paths are found; a password in it would end up in logs. */
function parseHttpUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const bare = url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  return bare && /^https?:$/.test(url.protocol) ? url : undefined
}

function parseOrigins(text: string): readonly string[] | undefined {
  const origins = text.split(',').map((part) => parseOrigin(part.trim())?.origin)
  return origins.every((origin) => origin !== undefined) ? origins : undefined
}

const parseDatabaseUrl = (text: string): string | undefined =>
  URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol) ? text : undefined

function parseServerKey(text: string): Uint8Array | undefined {
  const bytes = base64urlToBytes(text)
  return bytes?.length === serverKeyBytes ? bytes : undefined
}

function parseSigningKeys(text: string): readonly SigningKey[] | undefined {
  try {
    const parsed = v.safeParse(signingKeySet, JSON.parse(text))
    return parsed.success ? parsed.output.keys : undefined
  } catch {
    return undefined
  }
}

const parseLogLevel = (text: string): LogLevel | undefined =>
  logLevels.find((level) => level === text)
