import { expect, test } from 'vitest'
import { headersForReader, isUnchanged, shapeHeaders } from './headers.ts'

test.each([
  [
    'public, max-age=604800, s-maxage=3600, stale-while-revalidate=2629746',
    'private, max-age=604800, stale-while-revalidate=2629746',
  ],
  ['public, max-age=5, stale-while-revalidate=5', 'private, max-age=5, stale-while-revalidate=5'],
  ['public, max-age=60, must-revalidate', 'private, max-age=60, must-revalidate'],
  ['max-age=60,S-MaxAge=9,PUBLIC,proxy-revalidate', 'private, max-age=60'],
  ['private, max-age=1', 'private, max-age=1'],
  ['max-age=1', 'private, max-age=1'],
  ['no-cache', 'private, no-cache'],
  ['no-store', 'no-store'],
  ['public, No-Store', 'no-store'],
  ['', 'private'],
  [undefined, 'no-store'],
])('S26 caching %j becomes one person’s: %j', (upstream, expected) => {
  const headers = headersForReader(
    new Headers(upstream === undefined ? {} : { 'cache-control': upstream }),
  )
  expect(headers.get('cache-control')).toBe(expected)
  expect(headers.get('vary')).toBe('Authorization')
})

test('S26 the protocol’s headers pass, anything else of the upstream does not', () => {
  const upstream = new Headers([
    ...[...shapeHeaders, 'electric-snapshot'].map((name) => [name, 'x'] as [string, string]),
    ['etag', '"x"'],
    ['content-type', 'application/json'],
    ['content-encoding', 'gzip'],
    ['content-length', '9'],
    ['connection', 'keep-alive'],
    ['set-cookie', 'x=y'],
    ['surrogate-control', 'max-age=9'],
    ['cdn-cache-control', 'max-age=9'],
    ['vary', '*'],
    ['electric-server', 'x'],
    ['access-control-allow-origin', '*'],
  ])
  expect([...headersForReader(upstream).keys()].toSorted()).toEqual(
    [
      ...shapeHeaders,
      'cache-control',
      'content-type',
      'electric-snapshot',
      'etag',
      'vary',
    ].toSorted(),
  )
})

test.each([
  ['"a"', '"a"', true],
  ['W/"a"', '"a"', true],
  ['"a"', 'W/"a"', true],
  ['"b", "a"', '"a"', true],
  ['"a, b", "c"', '"a, b"', true],
  ['*', '"a"', true],
  ['*', null, false],
  ['"b"', '"a"', false],
  ['a', '"a"', false],
  ['', '"a"', false],
  [undefined, '"a"', false],
])('if-none-match %j and etag %j: unchanged is %j', (ifNoneMatch, etag, expected) => {
  expect(isUnchanged(ifNoneMatch, etag)).toBe(expected)
})
