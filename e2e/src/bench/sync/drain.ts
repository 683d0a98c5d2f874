/**
 * How fast a server takes a full outbox: sealed updates of one device in many documents, in requests of the size
 * that the outbox sends, one after the other, since each waits for its answer.
 */
import { bytesToBase64url, limits } from '@selene/shapes'
import { createTestAuthor } from '@selene/client-sdk/testing'
import { figure, type Figure } from '../report.ts'
import { openOnFile, registerAnew, type Opened } from './people.ts'
import { timed } from './timing.ts'

const warmRequests = 3
const requests = 12
const documents = 120

interface Answer {
  readonly outcomes: readonly { readonly outcome: string }[]
}

/** Bodies of requests, sealed before the clock starts. */
function sealRequests({ parts }: Opened): string[] {
  const { crypto, vault } = parts
  const { number: epoch, key: epochKey } = vault.epoch()
  const author = createTestAuthor(crypto, { view: vault.view, epochKey }, vault.keys)
  let count = 0
  return Array.from({ length: warmRequests + requests }, () => {
    const ops = Array.from({ length: limits.opsPerRequest }, () => {
      const number = (count += 1)
      const { bytes, header } = author.write(
        (doc) => void doc.getMap('registers').set(`10|field|${number}`, [number, 0, number]),
        { name: `bench/${number % documents}`, header: { epoch, deviceSeq: number } },
      )
      const device_seq = header.deviceSeq
      return {
        op_id: globalThis.crypto.randomUUID(),
        kind: 'doc.update',
        device_seq,
        body: bytesToBase64url(bytes),
      }
    })
    return JSON.stringify({ acked: ops[0]!.device_seq - 1, ops })
  })
}

export async function measureDrain(
  server: string,
  { kind, least }: { readonly kind: string; readonly least: number },
): Promise<Figure> {
  const opened = await openOnFile(server)
  await registerAnew(opened)
  opened.client.sync.pause()
  await opened.client.sync.flush()
  const bodies = sealRequests(opened)
  const authorization = opened.authorization()
  async function post(body: string): Promise<void> {
    const headers = { authorization, 'content-type': 'application/json' }
    const response = await fetch(`${server}/v1/ops`, { method: 'POST', headers, body })
    const { outcomes } = (await response.json()) as Answer
    if (!response.ok || outcomes.some(({ outcome }) => outcome !== 'applied'))
      throw new Error(`the server did not take a batch: ${response.status}`)
  }
  for (const body of bodies.slice(0, warmRequests)) await post(body)
  const ms = await timed(async () => {
    for (const body of bodies.slice(warmRequests)) await post(body)
  })
  await opened.close()
  return figure({
    name: `outbox drained, ${kind}`,
    value: (requests * limits.opsPerRequest * 1000) / ms,
    unit: '1/s',
    bar: { of: 'value', least },
  })
}
