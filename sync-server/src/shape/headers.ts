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

const passed: readonly string[] = [...shapeHeaders, 'cache-control', 'content-type', 'etag']

/** The upstream's headers made fit for one person's rows: no shared cache may keep the answer. */
export function headersForReader(upstream: Headers): Headers {
  const headers = new Headers()
  for (const name of passed) {
    const value = upstream.get(name)
    if (value !== null) headers.set(name, value)
  }
  const caching = headers.get('cache-control') ?? 'no-store'
  headers.set(
    'cache-control',
    caching.replace(/^public\b/, 'private').replace(/, s-maxage=\d+/, ''),
  )
  headers.set('vary', 'Authorization')
  return headers
}
