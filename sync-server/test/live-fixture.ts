/** Sockets to a test server's own port, and people who can send each other alerts. */
import {
  liveProtocols,
  type AlertId,
  type ContactId,
  type Notice,
  type ServerFrame,
  type SosAnswer,
} from '@selene/shapes'
import { WebSocket } from 'ws'
import { newId, randomBytes } from './device-fixture.ts'
import { newAccount, text, type TestServer } from './server-fixture.ts'
import { newSlot, signedOp } from './sos-fixture.ts'

export type Person = Awaited<ReturnType<typeof newPerson>>

/** Somebody with an account and a signed-in device. */
export async function newPerson(it: TestServer) {
  const account = await newAccount(it)
  return { ...account, vault: account.view.vault, token: account.session.access_token }
}

/** Makes two people each other's contact. */
export async function befriend(it: TestServer, a: Person, b: Person): Promise<ContactId> {
  const id = newId<ContactId>()
  const offer = { id, offer: text(randomBytes(300)) }
  await it.call('POST', '/v1/invites', { token: a.token, body: offer })
  const body = { answer: text(randomBytes(300)) }
  const { status } = await it.call('POST', `/v1/invites/${id}/answer`, { token: b.token, body })
  if (status !== 200) throw new Error(`not befriended: ${status}`)
  return id
}

/** Sends an alert to all contacts of a person, with a slot for each that is named. */
export async function raise(
  it: TestServer,
  person: Person,
  contacts: readonly ContactId[] = [],
): Promise<AlertId> {
  const { op, bytes } = signedOp(person, { slots: contacts.map(newSlot) })
  const body = { op: text(bytes) }
  const { status } = await it.call<SosAnswer>('POST', '/v1/sos', { body })
  if (status !== 200) throw new Error(`not raised: ${status}`)
  return op.alert
}

export async function newTicket(it: TestServer, token: string): Promise<string> {
  const { body } = await it.call<{ ticket: string }>('POST', '/v1/tickets', {
    token,
    body: { for: 'live' },
  })
  return body.ticket
}

export interface TestSocket {
  readonly ws: WebSocket
  /** Sends a frame, or a text as it is. */
  send(frame: object | string): void
  /** The next frame that no call has had. */
  next(): Promise<ServerFrame>
  /** Frames up to `current`, without it. */
  backlog(): Promise<Notice[]>
  /** How the server closed it. */
  readonly closed: Promise<number>
}

async function liveUrl(it: TestServer): Promise<URL> {
  const url = new URL('/v1/live', await it.origin())
  url.protocol = 'ws:'
  return url
}

/** Opens a socket; @throws Error with the status when the server refuses. */
export async function openSocket(it: TestServer, token: string): Promise<TestSocket> {
  return openSocketWith(it, liveProtocols(await newTicket(it, token)))
}

export async function openSocketWith(
  it: TestServer,
  protocols: readonly string[],
): Promise<TestSocket> {
  const ws = new WebSocket(await liveUrl(it), [...protocols], { perMessageDeflate: true })
  const arrived: ServerFrame[] = []
  const waiting: ((frame: ServerFrame) => void)[] = []
  ws.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as ServerFrame
    const taker = waiting.shift()
    if (taker) taker(frame)
    else arrived.push(frame)
  })
  const closed = new Promise<number>((resolve) => ws.on('close', resolve))
  await new Promise<void>((resolve, reject) => {
    ws.once('open', resolve)
    ws.once('error', reject)
  })
  const next = (): Promise<ServerFrame> => {
    const frame = arrived.shift()
    return frame ? Promise.resolve(frame) : new Promise((resolve) => waiting.push(resolve))
  }
  return {
    ws,
    send: (frame) => ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    next,
    async backlog() {
      const notices: Notice[] = []
      for (;;) {
        const frame = await next()
        if (frame.type === 'current') return notices
        if (frame.type !== 'notice') throw new Error(`not a notice: ${frame.type}`)
        notices.push(frame)
      }
    },
    closed,
  }
}
