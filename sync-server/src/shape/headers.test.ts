import { expect, test } from 'vitest'
import { headersForReader, shapeHeaders } from './headers.ts'

test.each([
  [
    'public, max-age=604800, s-maxage=3600, stale-while-revalidate=2629746',
    'private, max-age=604800, stale-while-revalidate=2629746',
  ],
  ['public, max-age=5, stale-while-revalidate=5', 'private, max-age=5, stale-while-revalidate=5'],
  ['no-store', 'no-store'],
  [undefined, 'no-store'],
])('caching %j becomes one person’s: %j', (upstream, expected) => {
  const headers = headersForReader(new Headers(upstream ? { 'cache-control': upstream } : {}))
  expect(headers.get('cache-control')).toBe(expected)
  expect(headers.get('vary')).toBe('Authorization')
})

test('the protocol’s headers pass, anything else of the upstream does not', () => {
  const upstream = new Headers([
    ...shapeHeaders.map((name) => [name, 'x'] as [string, string]),
    ['etag', '"x"'],
    ['set-cookie', 'x=y'],
    ['electric-server', 'x'],
    ['access-control-allow-origin', '*'],
  ])
  expect([...headersForReader(upstream).keys()].toSorted()).toEqual(
    [...shapeHeaders, 'cache-control', 'etag', 'vary'].toSorted(),
  )
})
