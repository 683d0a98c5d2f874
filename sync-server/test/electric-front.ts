/** The built-in engine behind the HTTP door that Electric has, for suites: what is asked comes as a query. */
import type { ShapeRequest } from '@selene/shapes'
import { listen } from '../src/http/listen.ts'
import type { Upstream } from '../src/shape/upstream.ts'

export interface ElectricFront {
  readonly url: URL
  /** Every query that came, the secret in it. */
  readonly asked: readonly URLSearchParams[]
  close(): Promise<void>
}

const ownNames = new Set(['table', 'columns', 'where', 'secret'])
const isOwn = (name: string): boolean => ownNames.has(name) || name.startsWith('params[')

function requestIn(query: URLSearchParams): ShapeRequest {
  const names = [...query.keys()].filter((name) => name.startsWith('params['))
  return {
    table: query.get('table') ?? '',
    columns: (query.get('columns') ?? '').split(',').map((name) => name.replace(/^"|"$/g, '')),
    where: query.get('where') ?? '',
    params: names.map((_, index) => query.get(`params[${index + 1}]`) ?? ''),
  }
}

export async function serveAsElectric(engine: Upstream, secret: string): Promise<ElectricFront> {
  const asked: URLSearchParams[] = []
  async function fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname === '/v1/health') return Response.json({ status: 'active' })
    if (pathname !== '/v1/shape') return new Response(null, { status: 404 })
    asked.push(searchParams)
    if (searchParams.get('secret') !== secret)
      return Response.json({ message: 'Unauthorized - Invalid API secret' }, { status: 401 })
    const protocol = new URLSearchParams([...searchParams].filter(([name]) => !isOwn(name)))
    return engine.read(requestIn(searchParams), protocol, request.signal)
  }
  const listener = await listen({ port: 0, fetch })
  return {
    url: new URL(`http://127.0.0.1:${listener.port}`),
    asked,
    close: () => listener.close(),
  }
}
