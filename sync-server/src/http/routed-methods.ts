/** Which methods a path answers to, so that a wrong method is 405 with `Allow` and not 404. */
import type { Hono } from 'hono'

export function routedMethods(app: Pick<Hono, 'routes'>): (path: string) => readonly string[] {
  const routes = app.routes
    .filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
    .map(({ method, path }) => ({ method, form: formOf(path) }))
  return (path) => [
    ...new Set(routes.filter(({ form }) => form.test(path)).map(({ method }) => method)),
  ]
}

const formOf = (path: string): RegExp =>
  new RegExp(`^${path.replace(/[.+?^$()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`)
