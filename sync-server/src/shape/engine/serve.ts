/** The engine as a server of its own: `/v1/shape` and `/v1/health`, as Electric answers them. */
import { Problem } from '@selene/shapes'
import { refusal } from './answer.ts'
import type { ShapeEngine } from './engine.ts'
import { parseNames } from './identifier.ts'
import type { Faults } from './query.ts'
import type { Asked } from './question.ts'

export interface ServeDeps {
  readonly engine: ShapeEngine
  /** Told what was answered by 500. */
  readonly report: (problem: unknown) => void
}

export interface ServeOptions {
  /** What every request must name, if anything. */
  readonly secret?: string | undefined
  readonly allowsDeletion?: boolean
}

const server = 'ElectricSQL/1.7.12'
const exposed = [
  'electric-cursor',
  'electric-handle',
  'electric-has-data',
  'electric-offset',
  'electric-schema',
  'electric-up-to-date',
  'electric-internal-known-error',
  'retry-after',
].join(', ')

/** Larger bodies are refused. */
const mostBodyBytes = 8_000_000

const withCors = (request: Request, response: Response): Response => {
  const { headers } = response
  headers.set('access-control-allow-origin', request.headers.get('origin') ?? '*')
  headers.set('access-control-allow-methods', 'GET, POST, HEAD, DELETE, OPTIONS')
  headers.set('access-control-expose-headers', exposed)
  headers.set('electric-server', server)
  return response
}

const preflight = (request: Request): Response =>
  new Response(null, {
    status: 204,
    headers: {
      'access-control-max-age': '86400',
      'access-control-allow-headers': request.headers.get('access-control-request-headers') ?? '*',
    },
  })

/** `params[1]`, `params[2]` … of the query, or one object of them as JSON. */
function paramsOf(parameters: URLSearchParams): string[] | undefined {
  const byNumber = new Map<number, string>()
  for (const [name, value] of parameters) {
    const [, number] = /^params\[(\d{1,5})\]$/.exec(name) ?? []
    if (number !== undefined) byNumber.set(Number(number), value)
  }
  const count = Math.max(0, ...byNumber.keys())
  const values = Array.from({ length: count }, (_, index) => byNumber.get(index + 1))
  return values.every((value) => value !== undefined) ? values : undefined
}

/** What the query asks for, or what is wrong with it. */
function askedOf(parameters: URLSearchParams): Asked | Faults {
  const table = parameters.get('table')
  const names = (parameter: string): string[] | undefined =>
    parameters.get(parameter) ? parseNames(parameters.get(parameter)!) : undefined
  const isBroken = (parameter: string): boolean =>
    Boolean(parameters.get(parameter)) && names(parameter) === undefined
  const params = paramsOf(parameters)
  const faults: Faults = {
    ...(!table && { table: ["can't be blank"] }),
    ...(isBroken('columns') && { columns: ['Invalid column list'] }),
    ...(isBroken('queryable_columns') && { queryable_columns: ['Invalid column list'] }),
    ...(params === undefined && {
      params: ['Parameters must be numbered sequentially, starting from 1'],
    }),
  }
  if (!table || params === undefined || Object.keys(faults).length > 0) return faults
  return {
    table,
    params,
    columns: names('columns'),
    queryable: names('queryable_columns'),
    where: parameters.get('where') || undefined,
  }
}

const isAsked = (asked: Asked | Faults): asked is Asked => typeof asked.table === 'string'

const invalid = (errors: Faults): Response => refusal(400, { message: 'Invalid request', errors })

/** The body of a POST as the parameters of a subset. */
async function subsetOf(request: Request): Promise<Record<string, string> | Response> {
  if (Number(request.headers.get('content-length') ?? 0) > mostBodyBytes)
    return refusal(413, { error: 'Request body too large' })
  const text = await request.text()
  if (text.length > mostBodyBytes) return refusal(413, { error: 'Request body too large' })
  let body: unknown
  try {
    body = text === '' ? {} : JSON.parse(text)
  } catch {
    return refusal(400, { error: 'Invalid JSON in request body', details: 'is not JSON' })
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return refusal(400, { error: 'Request body must be a JSON object' })
  const subset = 'subset' in body && typeof body.subset === 'object' ? body.subset : body
  const entries = Object.entries(subset ?? {}).filter(([, value]) => value !== null)
  return Object.fromEntries(
    entries.map(([name, value]) => [
      `subset__${name}`,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )
}

/** Health is told without waiting long for the database. */
const soonMs = 500
const soon = <T>(value: T): Promise<T> =>
  new Promise((resolve) => setTimeout(() => resolve(value), soonMs).unref())

function answerOf(problem: unknown): Response {
  const code = problem instanceof Problem ? problem.code : undefined
  const isFull = code === 'server/overloaded'
  if (!isFull && code !== 'server/unavailable')
    return refusal(500, { message: 'Internal server error' })
  return refusal(
    503,
    {
      code: isFull ? 'concurrent_request_limit_exceeded' : 'stack_unavailable',
      message: isFull ? 'Too many requests at a time' : 'The database is not ready',
    },
    { 'retry-after': '1' },
  )
}

/** The answer as the method and what the client has already want it. */
async function finish(request: Request, answer: Promise<Response>): Promise<Response> {
  const response = await answer
  if (response.ok && (request.method === 'POST' || request.method === 'HEAD'))
    response.headers.set('cache-control', 'no-cache')
  const etag = response.headers.get('etag')
  const isSame = etag !== null && request.headers.get('if-none-match') === etag
  if (request.method !== 'HEAD' && !(isSame && response.status === 200)) return response
  await response.body?.cancel()
  const status = isSame && response.status === 200 ? 304 : response.status
  return new Response(null, { status, headers: response.headers })
}

export function createShapeServer(
  { engine, report }: ServeDeps,
  { secret, allowsDeletion = false }: ServeOptions = {},
): (request: Request) => Promise<Response> {
  function isKnown(parameters: URLSearchParams): boolean {
    const given = parameters.get('secret') ?? parameters.get('api_secret')
    return secret === undefined || given === secret
  }

  async function readSubset(request: Request, parameters: URLSearchParams): Promise<Response> {
    const subset = await subsetOf(request)
    if (subset instanceof Response) return subset
    for (const [name, value] of Object.entries(subset)) parameters.set(name, value)
    return read(request, parameters)
  }

  /** Nothing here waits with the parameters at hand: many do so for long. */
  function read(request: Request, parameters: URLSearchParams): Promise<Response> | Response {
    const asked = askedOf(parameters)
    if (!isAsked(asked)) return invalid(asked)
    return finish(request, engine.answer(asked, parameters, request.signal))
  }

  const refuseMethod = (message: string): Response => {
    const allow = ['GET', 'HEAD', 'POST', ...(allowsDeletion ? ['DELETE'] : []), 'OPTIONS']
    return refusal(405, { message }, { allow: allow.join(', ') })
  }

  async function drop(parameters: URLSearchParams): Promise<Response> {
    if (!allowsDeletion) return refuseMethod('DELETE not allowed')
    const handle = parameters.get('handle')
    const asked = askedOf(parameters)
    if (handle === null && !isAsked(asked)) return invalid(asked)
    const target =
      handle === null && isAsked(asked) ? { asked, protocol: parameters } : { handle: handle ?? '' }
    const isDropped = await engine.drop(target)
    if (!isDropped) return refusal(404, { message: 'There is no such shape' })
    return new Response(null, { status: 202, headers: { 'cache-control': 'no-cache' } })
  }

  async function health(): Promise<Response> {
    const headers = { 'cache-control': 'no-cache, no-store, must-revalidate' }
    const isActive = await Promise.race([engine.isReady(), soon(false)])
    return isActive
      ? Response.json({ status: 'active' }, { headers })
      : Response.json({ status: 'waiting' }, { status: 202, headers })
  }

  function shape(request: Request, url: URL): Promise<Response> | Response {
    if (request.method === 'OPTIONS') return preflight(request)
    const parameters = url.searchParams
    if (!isKnown(parameters)) return refusal(401, { message: 'Unauthorized - Invalid API secret' })
    parameters.delete('secret')
    parameters.delete('api_secret')
    if (request.method === 'DELETE') return drop(parameters)
    if (request.method === 'POST') return readSubset(request, parameters)
    if (['GET', 'HEAD'].includes(request.method)) return read(request, parameters)
    return refuseMethod('Method not allowed')
  }

  function route(request: Request): Promise<Response> | Response {
    const url = new URL(request.url)
    if (url.pathname === '/v1/shape') return shape(request, url)
    if (request.method === 'OPTIONS') return preflight(request)
    if (url.pathname === '/v1/health') return health()
    if (url.pathname === '/') return new Response(null)
    return refusal(404, { message: 'Not found' })
  }

  return async (request) => {
    try {
      return withCors(request, await route(request))
    } catch (problem) {
      report(problem)
      return withCors(request, answerOf(problem))
    }
  }
}
