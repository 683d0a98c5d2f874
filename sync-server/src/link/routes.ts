/** Routes of the linking mailbox; the link's token is the only authorization there is. */
import {
  base64urlToBytes,
  bytesToBase64url,
  isUuid,
  limits,
  linkMessageRequest,
  openLinkRequest,
  Problem,
  type LinkId,
} from '@selene/shapes'
import { Hono, type Context } from 'hono'
import { checkedBytes } from '../core/checked-bytes.ts'
import type { Clock } from '../core/clock.ts'
import { readJson } from '../core/request-body.ts'
import type { Db } from '../db/db.ts'
import { createBell } from './bell.ts'
import { createMailbox, type Place } from './mailbox.ts'

export interface LinkDeps {
  readonly db: Db
  readonly clock: Clock
  /** Aborts when the server stops: nobody waits on after that. */
  readonly stopping: AbortSignal
}

export interface LinkOptions {
  /** How long a reader may wait for a message, 20 s unless told. */
  readonly waitMilliseconds?: number
  readonly openLinks?: number
}

export interface Links {
  readonly routes: Hono
  close(): Promise<void>
}

const messagePath = '/v1/links/:id/messages/:number'

export async function createLinks(deps: LinkDeps, options: LinkOptions = {}): Promise<Links> {
  const { waitMilliseconds = 20_000, openLinks = 1000 } = options
  const mailbox = createMailbox(deps, { openLinks })
  const bell = await createBell(deps.db, 'selene_link')
  const routes = new Hono()

  /** Reads a place, waiting until something is there, the link ends or the time is up. */
  async function awaitMessage(place: Place, request: Request): Promise<Uint8Array | undefined> {
    const left = new AbortController()
    const ended = AbortSignal.any([
      deps.stopping,
      request.signal,
      left.signal,
      AbortSignal.timeout(waitMilliseconds),
    ])
    try {
      for (;;) {
        // Listening starts before the look, so that a message in between is not missed.
        const rung = bell.heard(place.link, ended)
        const message = await mailbox.get(place)
        if (message || ended.aborted) return message
        await rung
      }
    } finally {
      left.abort()
    }
  }

  routes.post('/v1/links', async (c) => {
    const { id, token } = await readJson(c.req.raw, openLinkRequest, limits.requestBytes)
    await mailbox.open(id as LinkId, checkedBytes(token))
    return c.body(null, 201)
  })
  routes.put(messagePath, async (c) => {
    const place = placeOf(c)
    const { message } = await readJson(c.req.raw, linkMessageRequest, limits.requestBytes)
    await mailbox.put(place, checkedBytes(message))
    await bell.ring(place.link)
    return c.body(null, 204)
  })
  routes.get(messagePath, async (c) => {
    const message = await awaitMessage(placeOf(c), c.req.raw)
    return message ? c.json({ message: bytesToBase64url(message) }) : c.body(null, 204)
  })
  return { routes, close: () => bell.close() }
}

function placeOf(c: Context<object, typeof messagePath>): Place {
  const link = c.req.param('id')
  const number = Number(c.req.param('number'))
  if (!isUuid(link) || !Number.isInteger(number) || number < 1 || number > limits.linkMessages)
    throw new Problem('request/not-found')
  const header = c.req.header('authorization') ?? ''
  const token = header.startsWith('Link ') ? base64urlToBytes(header.slice(5)) : undefined
  if (!token) throw new Problem('link/refused')
  return { link: link as LinkId, token, number }
}
