/** Headers of a shape's answer that concern its reader. */

/** What a browser must be allowed to see (`access-control-expose-headers`). */
export const shapeHeaders = [
  'electric-cursor',
  'electric-handle',
  'electric-has-data',
  'electric-internal-known-error',
  'electric-offset',
  'electric-schema',
  'electric-up-to-date',
  'retry-after',
] as const

const passed: ReadonlySet<string> = new Set([
  'cache-control',
  'content-type',
  'etag',
  'retry-after',
  'vary',
])

/** All of the protocol's own, but for the one that names what stands behind and its version. */
const isPassed = (name: string): boolean =>
  passed.has(name) || (name.startsWith('electric-') && name !== 'electric-server')

/** Directives that speak to caches which many people share (RFC 9111 §5.2.2). */
const isForSharedCaches = (directive: string): boolean =>
  /^(public|private|s-maxage|proxy-revalidate)\b/i.test(directive)

/** The same caching for one person alone; what says nothing is stored nowhere. */
function privately(caching: string | null): string {
  const directives = (caching ?? 'no-store').split(',').map((directive) => directive.trim())
  if (directives.some((directive) => /^no-store$/i.test(directive))) return 'no-store'
  return ['private', ...directives.filter((one) => one !== '' && !isForSharedCaches(one))].join(
    ', ',
  )
}

/**
 * Makes the upstream's headers fit for one person's rows: no shared cache may keep the answer. They are changed in
 * their place, as the body of an answer that is made anew would be copied.
 */
export function headersForReader(headers: Headers): Headers {
  headers.set('cache-control', privately(headers.get('cache-control')))
  headers.set('vary', 'Authorization')
  const foreign = [...headers.keys()].filter((name) => !isPassed(name))
  for (const name of foreign) headers.delete(name)
  return headers
}

/** What a weak and a strong tag are compared by. */
const opaque = (tag: string): string => tag.replace(/^W\//, '')

/** Whether what the client has is what it would get (RFC 9110 §13.1.2, weak comparison). */
export function isUnchanged(ifNoneMatch: string | undefined, etag: string | null): boolean {
  if (ifNoneMatch === undefined || etag === null) return false
  if (ifNoneMatch.trim() === '*') return true
  const known = ifNoneMatch.match(/(?:W\/)?"[^"]*"/g) ?? []
  return known.some((tag) => opaque(tag) === opaque(etag))
}
