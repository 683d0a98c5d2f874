/** A server in the test's own process, its clock and log in the test's hands, and requests to it. */
import {
  base64urlToBytes,
  bytesToBase64url,
  isUuid,
  refreshSigningBytes,
  sessionSigningBytes,
  type OpsAnswer,
  type ProblemBody,
  type SessionAnswer,
  type VaultId,
} from '@selene/shapes'
import { createLog } from '../src/core/log.ts'
import { systemRandom } from '../src/core/random.ts'
import type { Timer } from '../src/core/timer.ts'
import { createPgDb } from '../src/db/pg.ts'
import { listen, type Listener } from '../src/http/listen.ts'
import { createServer, type Server, type ServerConfig } from '../src/server.ts'
import type { OpenedDatabase, TestDatabase } from './databases.ts'
import { newId, newVault, randomBytes, wireCrypto, type TestMember } from './device-fixture.ts'

/** Cheap enough for tests; the way it is computed does not depend on it. */
const loginCost = { memoryKiB: 64, passes: 1 }

export interface Answer<T> {
  readonly status: number
  readonly headers: Headers
  readonly body: T
}

export interface TestServer {
  readonly server: Server
  readonly opened: OpenedDatabase
  readonly clock: { now(): number; advance(seconds: number): void }
  /** Every log line so far. */
  readonly lines: string[]
  readonly config: ServerConfig
  /** Sends JSON and reads JSON; a string body goes as it is. */
  call<T = ProblemBody>(
    method: string,
    path: string,
    options?: { body?: unknown; token?: string | undefined; authorization?: string },
  ): Promise<Answer<T>>
  /** Runs every sweep once; nothing else does after the one at the start. */
  sweep(): Promise<void>
  /** Serves a port of its own, from the first call on. */
  origin(): Promise<URL>
  close(): Promise<void>
}

export async function openTestServer(
  database: TestDatabase,
  options: Partial<ServerConfig> = {},
): Promise<TestServer> {
  let time = Date.UTC(2026, 10, 22, 12)
  const clock = {
    now: () => time,
    advance(seconds: number) {
      time += seconds * 1000
    },
  }
  const config: ServerConfig = {
    serverKey: randomBytes(32),
    publicUrl: new URL('http://localhost:8000'),
    allowedOrigins: [],
    loginCost,
    ...options,
  }
  return serve({ opened: await database.open(), clock, config })
}

/** A second process on the same database, at the same time; it is closed before the first. */
export function openServerBeside({ opened, clock, config }: TestServer): Promise<TestServer> {
  if (opened.url === undefined)
    return serve({ opened: { db: opened.db, drop: async () => {} }, clock, config })
  const db = createPgDb({ url: opened.url })
  return serve({ opened: { db, url: opened.url, drop: () => db.close() }, clock, config })
}

/** A timer whose rounds the test calls. */
function createManualTimer() {
  const works = new Set<() => Promise<void>>()
  const timer: Timer = {
    every(_, work) {
      works.add(work)
      return () => works.delete(work)
    },
  }
  const round = async (): Promise<void> => {
    for (const work of works) await work()
  }
  return { timer, round }
}

async function serve(
  setting: Pick<TestServer, 'opened' | 'clock' | 'config'>,
): Promise<TestServer> {
  const { opened, clock, config } = setting
  const lines: string[] = []
  const log = createLog({ write: (line) => lines.push(line) })
  const { timer, round } = createManualTimer()
  const server = await createServer(
    { db: opened.db, clock, random: systemRandom, log, timer },
    config,
  )
  let listening: Promise<Listener> | undefined
  return {
    server,
    opened,
    clock,
    lines,
    config,
    async call<T>(method: string, path: string, sent: Parameters<TestServer['call']>[2] = {}) {
      const { body, token, authorization = token && `Bearer ${token}` } = sent
      const response = await server.fetch(
        new Request(`http://localhost:8000${path}`, {
          method,
          headers: authorization ? { authorization } : {},
          ...(body !== undefined && {
            body: typeof body === 'string' ? body : JSON.stringify(body),
          }),
        }),
      )
      const text = await response.text()
      return {
        status: response.status,
        headers: response.headers,
        body: (text ? JSON.parse(text) : undefined) as T,
      }
    },
    sweep: round,
    async origin() {
      listening ??= listen({ port: 0, fetch: server.fetch })
      return new URL(`http://127.0.0.1:${(await listening).port}`)
    },
    async close() {
      await server.stop()
      await (await listening)?.close()
      await opened.drop()
    },
  }
}

export const bytes = (text: string): Uint8Array => base64urlToBytes(text) ?? new Uint8Array(0)
export const text = bytesToBase64url

/** A vault with an account, and the session of its founder. */
export async function newAccount(test: TestServer) {
  const vault = newVault()
  const identifier = `${newId()}@example.org`
  const loginSecret = text(randomBytes(32))
  const request = {
    identifier,
    login_secret: loginSecret,
    kdf: { salt: text(randomBytes(16)), ops: 4, memory_bytes: 128 * 1_048_576 },
    entries: vault.entries.map(text),
    cards: vault.cards.map(text),
  }
  const { status, body } = await test.call<SessionAnswer>('POST', '/v1/accounts', { body: request })
  if (status !== 201 || !isUuid(body.session)) throw new Error(JSON.stringify(body))
  return { ...vault, identifier, loginSecret, request, session: body }
}

export async function newChallenge(test: TestServer): Promise<string> {
  const { body } = await test.call<{ challenge: string }>('POST', '/v1/auth/challenges')
  return body.challenge
}

/** The device's half of a sign-in. */
export function proofOf(device: TestMember, challenge: string) {
  const message = sessionSigningBytes(
    { challenge: bytes(challenge), device: device.id },
    wireCrypto,
  )
  return { device: device.id, challenge, signature: text(device.sign(message)) }
}

/** Signs in a device by its own key. */
export async function signInDevice(test: TestServer, vault: VaultId, device: TestMember) {
  const proof = proofOf(device, await newChallenge(test))
  return test.call<SessionAnswer & ProblemBody>('POST', '/v1/auth/sessions', {
    body: { kind: 'device', vault, ...proof },
  })
}

/** A refresh as the device signs it. */
export function refreshOf(device: TestMember, refreshToken: string, requestId: string = newId()) {
  const nonce = randomBytes(16)
  const message = refreshSigningBytes({ refreshToken, requestId, nonce }, wireCrypto)
  return {
    refresh_token: refreshToken,
    request_id: requestId,
    nonce: text(nonce),
    signature: text(device.sign(message)),
  }
}

export interface SentOp {
  readonly op_id: string
  readonly kind: string
  readonly device_seq: number
  readonly body: string
}

export const newSentOp = (kind: string, deviceSeq: number, body: Uint8Array): SentOp => ({
  op_id: newId(),
  kind,
  device_seq: deviceSeq,
  body: text(body),
})

/** Sends operations in one batch. */
export const sendOps = (test: TestServer, token: string, ops: readonly SentOp[], acked = 0) =>
  test.call<OpsAnswer & ProblemBody>('POST', '/v1/ops', { token, body: { acked, ops } })
