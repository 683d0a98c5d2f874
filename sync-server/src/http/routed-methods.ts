/**
 * Which methods a path answers to, so that a wrong method is 405 with `Allow` (RFC 9110 §10.2.1) and not 404. Whatever
 * answers GET answers HEAD, and the API answers OPTIONS for pages of other origins.
 */
import type { Hono } from 'hono'

export function routedMethods(app: Pick<Hono, 'routes'>): (path: string) => readonly string[] {
  const routes = app.routes
    .filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
    .map(({ method, path }) => ({ method, form: formOf(path) }))
  return (path) => {
    const methods = routes.filter(({ form }) => form.test(path)).map(({ method }) => method)
    if (methods.length === 0) return []
    return [
      ...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))),
      'OPTIONS',
    ]
  }
}

const formOf = (path: string): RegExp =>
  new RegExp(`^${path.replace(/[.+?^$()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`)
