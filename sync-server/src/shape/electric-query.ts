/** What is asked of Electric for one reader: the gatekeeper's decision, spelled as its query. */
import type { ShapeRequest } from '@selene/shapes'

/** An identifier as Electric reads it: folded to lower case unless it is quoted. */
const identifier = (name: string): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`

/**
 * The whole query. What the gatekeeper decided is written over whatever `protocol` may hold under those
 * names, so that nothing in it can set or widen what is read.
 */
export function electricQuery(
  request: ShapeRequest,
  protocol: URLSearchParams,
  secret: string,
): URLSearchParams {
  const query = new URLSearchParams(protocol)
  query.set('table', request.table)
  query.set('columns', request.columns.map(identifier).join(','))
  query.set('where', request.where)
  for (const [index, value] of request.params.entries()) query.set(`params[${index + 1}]`, value)
  query.set('secret', secret)
  return query
}
