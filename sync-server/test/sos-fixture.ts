/** Alerts in the test's own process, beside a server that has the accounts: people, operations, notices. */
import {
  bytesToBase64url,
  encodeSosOp,
  sosOpHash,
  sosSigningBytes,
  type AlertId,
  type Cell,
  type ContactId,
  type Notice,
  type OpId,
  type ProblemBody,
  type SosAnswer,
  type SosOp,
  type SosRouting,
  type VaultId,
} from '@selene/shapes'
import { Hono } from 'hono'
import { createAuth } from '../src/auth/auth.ts'
import { createLog } from '../src/core/log.ts'
import { systemRandom } from '../src/core/random.ts'
import { createServerKey } from '../src/core/server-key.ts'
import type { Db } from '../src/db/db.ts'
import { problemResponse } from '../src/http/problem-response.ts'
import { createProximity } from '../src/proximity/proximity.ts'
import type { FindNearby } from '../src/sos/fan-out.ts'
import type { ReleaseRules } from '../src/sos/release.ts'
import type { NoticePage } from '../src/sos/inbox.ts'
import { createSos, type Sos } from '../src/sos/sos.ts'
import { createVaultLog } from '../src/vault/vault-log.ts'
import type { TestDatabase } from './databases.ts'
import { newId, newMember, randomBytes, wireCrypto, type TestMember } from './device-fixture.ts'
import { newAccount, openTestServer, type TestServer } from './server-fixture.ts'

export type Person = Awaited<ReturnType<typeof newAccount>>

interface Beside {
  readonly release?: Partial<ReleaseRules>
  readonly findNearby?: FindNearby
  /** Another way into the same database. */
  readonly db?: Db
}

/** What stands for recovery where nobody recovers. */
export const noWayBack = {
  byPhrase: () => Promise.resolve(undefined),
  byPassphrase: () => Promise.resolve(undefined),
  admit: () => Promise.resolve(),
}

/** Alerts and proximity on the server's database, at the server's time, as one more process has them. */
export async function openSosBeside(it: TestServer, beside: Beside = {}) {
  const { clock, config } = it
  const db = beside.db ?? it.opened.db
  const random = systemRandom
  const serverKey = createServerKey(config.serverKey, random)
  const vaultLog = createVaultLog({ crypto: wireCrypto, serverKey, clock })
  const { authenticate } = await createAuth({
    db,
    crypto: wireCrypto,
    clock,
    random,
    serverKey,
    vaultLog,
    wayBack: noWayBack,
  })
  const proximity = createProximity({ db, clock, authenticate })
  const lines: string[] = []
  const told: VaultId[][] = []
  const heard = new Set<() => void>()
  const sos = createSos(
    {
      db,
      crypto: wireCrypto,
      clock,
      random,
      log: createLog({ write: (line) => lines.push(line) }),
      serverKey,
      authenticate,
      findNearby: beside.findNearby ?? proximity.findNearby,
      told(accounts) {
        told.push([...accounts])
        for (const hear of heard) hear()
      },
    },
    beside.release ? { release: beside.release } : {},
  )
  const app = new Hono()
  app.route('/', sos.routes)
  app.route('/', proximity.routes)
  app.onError(problemResponse)

  const call = callsTo(app)

  return {
    sos,
    proximity,
    /** Accounts that were told, by call. */
    told,
    lines,
    call,
    /** Resolves at the next call that tells accounts. */
    nextTold: () =>
      new Promise<void>((resolve) => {
        const hear = (): void => {
          heard.delete(hear)
          resolve()
        }
        heard.add(hear)
      }),
    sendBytes: (bytes: Uint8Array) =>
      call<SosAnswer & ProblemBody>('POST', '/v1/sos', { body: { op: bytesToBase64url(bytes) } }),
  }
}

/** Sends JSON and reads JSON. */
function callsTo(app: Hono) {
  return async function call<T = ProblemBody>(
    method: string,
    path: string,
    { token, body }: { token?: string; body?: unknown } = {},
  ): Promise<{ status: number; body: T }> {
    const response = await app.request(path, {
      method,
      headers: token ? { authorization: `Bearer ${token}` } : {},
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const isJson = response.headers.get('content-type')?.includes('json')
    return { status: response.status, body: (isJson ? await response.json() : undefined) as T }
  }
}

export async function openTestSos(database: TestDatabase, beside: Beside = {}) {
  const it = await openTestServer(database)
  const process = await openSosBeside(it, beside)
  const { db } = it.opened
  let places = 0
  return {
    ...process,
    it,
    db,
    clock: it.clock,
    person: () => newAccount(it),
    /** A cell far from every one before. */
    newPlace: (): Cell => ({ row: 100 * ++places, column: 3 * places }),
    link: (a: Person, b: Person) => linkPeople(db, a.view.vault, b.view.vault),
    /** A device of the person's that was removed a moment ago and still has its keys. */
    async stolenPhone(person: Person): Promise<TestMember> {
      const phone = newMember()
      const { signKey, boxKey, sosKey } = phone.member
      await db.query(
        `INSERT INTO devices (vault_id, device_id, sign_key, box_key, sos_key, removed_at)
          VALUES ($1, $2, $3, $4, $5, $6)`,
        [person.view.vault, phone.id, signKey, boxKey, sosKey!, new Date(it.clock.now() - 1000)],
      )
      return phone
    },
    /** Signs an operation by the person's first device and sends it. */
    send: (person: Person, fields: OpFields) => process.sendBytes(signedOp(person, fields).bytes),
    /** Opts in to help nearby, and reports a cell. */
    async helpFrom(person: Person, cell: Cell, radius = 20_000) {
      const token = person.session.access_token
      await process.call('PUT', '/v1/responder', { token, body: { radius_metres: radius } })
      return process.call('PUT', '/v1/location/cell', { token, body: cell })
    },
    inbox: (person: Person, last = 0) => readInbox(process.sos, person, last),
    /** Kinds of the notices in somebody's inbox. */
    async events(person: Person): Promise<string[]> {
      const notices = await readInbox(process.sos, person, 0)
      return notices.map((notice) => (notice.kind === 'alert' ? notice.event : notice.kind))
    },
    row: async (alert: AlertId) =>
      (
        await db.query<Record<string, unknown>>(
          'SELECT * FROM emergency_alerts WHERE alert_id = $1',
          [alert],
        )
      )[0],
    async close() {
      await process.sos.close()
      await it.close()
    },
  }
}
export type TestSos = Awaited<ReturnType<typeof openTestSos>>

/** Every page of somebody's inbox. */
async function readInbox({ inbox }: Sos, person: Person, last: number): Promise<Notice[]> {
  const notices: Notice[] = []
  for (let after: number | undefined = 0; after !== undefined;) {
    const page: NoticePage = await inbox.since(person.view.vault, { last, after })
    notices.push(...page.notices)
    after = page.next
  }
  return notices
}

/** Makes two people each other's contacts; returns the link's id. */
async function linkPeople(db: Db, a: VaultId, b: VaultId): Promise<ContactId> {
  const contact = newId<ContactId>()
  await db.query(
    `INSERT INTO contacts (owner_id, contact_id, peer_id, box)
      VALUES ($1, $3, $2, $4), ($2, $3, $1, $4)`,
    [a, b, contact, randomBytes(100)],
  )
  return contact
}

export type OpFields = Omit<Partial<SosOp>, 'routing'> & {
  routing?: Partial<SosRouting>
  /** Who signs, unless it is the person's first device. */
  by?: TestMember
}

export const newAlertId = (): AlertId => newId<AlertId>()
export const newSlot = (contact: ContactId) => ({ contact, sealed: randomBytes(1024) })
/** Sealed under a key that the server holds. */
export const newPart = () => ({ key: randomBytes(32), sealed: randomBytes(80) })

/** An operation of the person's first device: a raise for contacts, now, unless told otherwise. */
export function signedOp(person: Person, fields: OpFields): { op: SosOp; bytes: Uint8Array } {
  const { by = person.founder, routing, ...rest } = fields
  const kind = rest.kind ?? 'raise'
  const op: SosOp = {
    version: 1,
    kind,
    op: newId<OpId>(),
    alert: newAlertId(),
    vault: person.view.vault,
    device: by.id,
    at: Date.UTC(2026, 10, 22, 12),
    fireAfter: 0,
    slots: [],
    responderPart: undefined,
    routing: kind === 'raise' || kind === 'update' ? { ...plainRouting(), ...routing } : undefined,
    ...rest,
  }
  return { op, bytes: signBytes(encodeSosOp(op), by) }
}

export function signBytes(unsigned: Uint8Array, by: TestMember): Uint8Array {
  const signature = by.signSos(sosSigningBytes(sosOpHash(unsigned, wireCrypto)))
  return new Uint8Array(Buffer.concat([unsigned, signature]))
}

const plainRouting = (): SosRouting => ({
  kind: 'sos',
  audience: 'contacts',
  cell: undefined,
  radiusMetres: 5_000,
  replyKey: randomBytes(32),
  exclude: [],
})

/** Routing that asks people near a cell. */
export const nearby = (cell: Cell, routing: Partial<SosRouting> = {}): Partial<SosRouting> => ({
  audience: 'contacts-and-nearby',
  cell,
  ...routing,
})
