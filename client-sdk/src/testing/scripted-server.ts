/**
 * A network whose other end a test writes line by line, for the answers that a server of ours never
 * gives. It records every request; what has no script is answered as the plainest server would.
 */
import {
  bytesToBase64url,
  bytesToHex,
  problemToBody,
  type OpsRequest,
  type Problem,
  type SessionAnswer,
  type VaultId,
} from '@selene/shapes'
import type { openClient } from '../client/client.ts'
import type { Network } from '../core/http.ts'

export interface Recorded {
  readonly path: string
  readonly query: URLSearchParams
  readonly authorization: string | null
  readonly body: unknown
  /** The body as it was sent. */
  readonly text: string
}

/** What a script answers: a JSON body, a whole response, or nothing at all. */
export type Scripted = object | Response | 'lost' | 'silence'
type Script = (request: Recorded) => Scripted | Promise<Scripted>

export interface ScriptedServer {
  readonly network: Network
  readonly requests: readonly Recorded[]
  /** Requests to a path, in order. */
  to(path: string): Recorded[]
  /** Answers the next request to a path; scripts of one path are used up in order. */
  next(path: string, script: Script | Scripted): void
  /** Answers every request to a path that no single script is for. */
  always(path: string, script: Script): void
}

export const problemResponse = (problem: Problem, headers: Record<string, string> = {}): Response =>
  Response.json(problemToBody(problem), {
    status: problem.status ?? 500,
    headers: { 'content-type': 'application/problem+json', ...headers },
  })

export const someId = (digit: string): string =>
  `${digit.repeat(8)}-${digit.repeat(4)}-4${digit.repeat(3)}-8${digit.repeat(3)}-${digit.repeat(12)}`

/** An answer to register, sign-in or refresh; `number` tells one from the other. */
export const sessionNumber = (
  number: number,
  parts: Partial<SessionAnswer> = {},
): SessionAnswer => ({
  vault: someId('a'),
  device: someId('b'),
  session: someId('c'),
  access_token: `access-${number}`,
  access_seconds: 600,
  refresh_token: bytesToBase64url(new Uint8Array(52).fill(number)),
  refresh_seconds: 2_592_000,
  ...parts,
})

/** Registers a client, whose account the server then has. */
export async function registerAt(
  scripted: ScriptedServer,
  { client, parts }: Awaited<ReturnType<typeof openClient>>,
): Promise<void> {
  const { vault } = parts.vault.view()
  scripted.next('/v1/accounts', () => sessionNumber(1, { vault }))
  await client.account.register({
    identifier: 'ada@example.org',
    passphrase: 'correct horse battery staple',
  })
}

/** Answers that every operation was applied, as a server that has all before them. */
export function applyAll(request: Recorded) {
  const { ops } = request.body as OpsRequest
  return {
    txid: '1',
    next_device_seq: ops.at(-1)!.device_seq + 1,
    outcomes: ops.map(({ op_id, device_seq }) => ({ op_id, device_seq, outcome: 'applied' })),
  }
}

/** The log's shape with these entries; whoever has read it waits for more. */
export function logShape(vault: VaultId, entries: readonly Uint8Array[], handle: string) {
  const rows = entries.map((entry, seq) => ({
    key: `"public"."vault_log"/"${vault}"/"${seq}"`,
    value: { vault_id: vault, seq: String(seq), entry: `\\x${bytesToHex(entry)}` },
    headers: { operation: 'insert' },
  }))
  const headers = {
    'electric-handle': handle,
    'electric-offset': '1_0',
    'electric-schema': '{}',
    'electric-up-to-date': '',
  }
  return ({ query }: Recorded): Scripted => {
    if (query.get('live') === 'true') return 'silence'
    const known = query.get('offset') === '-1' ? rows : []
    return Response.json([...known, { headers: { control: 'up-to-date' } }], { headers })
  }
}

/** Ends only with the request. */
const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })

export function scriptedServer(): ScriptedServer {
  const requests: Recorded[] = []
  const scripts = new Map<string, (Script | Scripted)[]>()
  const rules = new Map<string, Script>([
    ['/v1/ops', applyAll],
    ['/v1/auth/challenges', () => ({ challenge: bytesToBase64url(new Uint8Array(48)) })],
  ])

  async function network(request: Request): Promise<Response> {
    const { pathname: path, searchParams: query } = new URL(request.url)
    const text = await request.clone().text()
    const body: unknown = text === '' ? undefined : JSON.parse(text)
    const recorded = {
      path,
      query,
      text,
      body,
      authorization: request.headers.get('authorization'),
    }
    requests.push(recorded)
    const script = scripts.get(path)?.shift() ?? rules.get(path) ?? 'silence'
    const answer = typeof script === 'function' ? await (script as Script)(recorded) : script
    if (answer === 'silence') return untilAborted(request.signal)
    if (answer === 'lost') throw new TypeError('the answer was lost')
    return answer instanceof Response ? answer : Response.json(answer)
  }

  return {
    network,
    requests,
    to: (path) => requests.filter((request) => request.path === path),
    next: (path, script) => void scripts.set(path, [...(scripts.get(path) ?? []), script]),
    always: (path, script) => void rules.set(path, script),
  }
}
