/**
 * The log: JSON lines with a message, a time and a few chosen fields. It never holds an address of a
 * client, a token, a request or response body, or the text of an error that is not ours: databases
 * and parsers quote their input in messages, so of a foreign error only name, code and stack frames
 * are kept.
 */
import { Problem } from '@selene/shapes'
import { pino, type LevelWithSilent } from 'pino'

export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** Takes one line, with its line break. */
export interface LineSink {
  write(line: string): void
}

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = LevelWithSilent

const secretFields = [
  'authorization',
  'token',
  'access_token',
  'refresh_token',
  'login_secret',
  'identifier',
  'body',
  'message',
  'envelope',
  'ip',
]

/** Creates a log of at least `level` that writes JSON lines to `sink`. */
export function createLog(sink: LineSink, level: LogLevel = 'info'): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'text',
      serializers: { error: describeError },
      redact: { paths: secretFields.flatMap((name) => [name, `*.${name}`]), censor: '[removed]' },
    },
    sink,
  )
}

interface ErrorFields {
  name: string
  code?: string
  detail?: string
  frames?: string[]
  cause?: ErrorFields
}

/** What the log keeps of an error: our own words, but of foreign ones only where it happened. */
function describeError(error: unknown, depth = 0): ErrorFields {
  if (!(error instanceof Error)) return { name: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  return {
    name: error.name,
    ...(code !== undefined && { code }),
    ...(error instanceof Problem && error.detail !== undefined && { detail: error.detail }),
    frames: frames.slice(0, 12).map((line) => line.trim()),
    ...(error.cause !== undefined && depth < 3 && { cause: describeError(error.cause, depth + 1) }),
  }
}
