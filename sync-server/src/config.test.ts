import { bytesToBase64url } from '@selene/shapes'
import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'

const serverKey = bytesToBase64url(new Uint8Array(32).fill(1))
const signingKey = { kty: 'OKP', crv: 'Ed25519', kid: 'a', x: 'AA', d: 'AA' }

function faultsOf(environment: Record<string, string>): readonly string[] {
  const read = readConfig(environment)
  return read.ok ? [] : read.faults
}

test('without any variable it is an embedded server on port 8000', () => {
  expect(readConfig({ PORT: '' })).toEqual({
    ok: true,
    config: {
      port: 8000,
      dataDirectory: '.data',
      databaseUrl: undefined,
      serverKey: undefined,
      signingKeys: undefined,
      publicUrl: new URL('http://localhost:8000'),
      allowedOrigins: [],
      logLevel: 'info',
      electric: undefined,
      release: { minAccountDays: 14, minCellDays: 3, releasesPerAlert: 3, releasesPerDay: 1 },
    },
  })
})

test('every variable is read', () => {
  const read = readConfig({
    PORT: '9000',
    DATA_DIR: '/srv/data',
    DATABASE_URL: 'postgres://localhost/selene',
    SERVER_KEY: serverKey,
    AUTH_KEYS: JSON.stringify({ keys: [signingKey] }),
    PUBLIC_URL: 'https://example.org',
    ALLOWED_ORIGINS: 'https://app.example.org, http://localhost:5173',
    LOG_LEVEL: 'warn',
    ELECTRIC_URL: 'http://electric:3000/under',
    ELECTRIC_SECRET: 'between us',
    RESPONDER_MIN_ACCOUNT_DAYS: '30',
    RESPONDER_MIN_CELL_DAYS: '0',
    RESPONDER_RELEASES_PER_ALERT: '5',
    RESPONDER_RELEASES_PER_DAY: '2',
    NODE_ENV: 'production',
  })
  expect(read).toMatchObject({
    ok: true,
    config: {
      port: 9000,
      databaseUrl: 'postgres://localhost/selene',
      serverKey: new Uint8Array(32).fill(1),
      signingKeys: [signingKey],
      allowedOrigins: ['https://app.example.org', 'http://localhost:5173'],
      logLevel: 'warn',
      electric: { url: new URL('http://electric:3000/under'), secret: 'between us' },
      release: { minAccountDays: 30, minCellDays: 0, releasesPerAlert: 5, releasesPerDay: 2 },
    },
  })
  expect(read.ok && Object.isFrozen(read.config)).toBe(true)
})

describe('S1 what is missing or unsafe is refused', () => {
  test('all faults at once, none with its value', () => {
    const faults = faultsOf({
      PORT: '70000',
      DATABASE_URL: 'mysql://SECRET',
      SERVER_KEY: 'SECRET',
      AUTH_KEYS: '{"keys":["SECRET"]}',
      PUBLIC_URL: 'ftp://SECRET',
      ALLOWED_ORIGINS: 'https://a.example,SECRET',
      LOG_LEVEL: 'SECRET',
      ELECTRIC_URL: 'http://user:SECRET@electric',
      RESPONDER_MIN_CELL_DAYS: '-3',
      RESPONDER_RELEASES_PER_DAY: '1001',
    })
    const names = faults.map((fault) => fault.split(':')[0])
    expect(names).toEqual([
      'PORT',
      'PUBLIC_URL',
      'DATABASE_URL',
      'SERVER_KEY',
      'AUTH_KEYS',
      'ALLOWED_ORIGINS',
      'LOG_LEVEL',
      'ELECTRIC_URL',
      'RESPONDER_MIN_CELL_DAYS',
      'RESPONDER_RELEASES_PER_DAY',
    ])
    expect(faults.join()).not.toContain('SECRET')
  })

  test('production without TLS and without a server key', () => {
    expect(faultsOf({ NODE_ENV: 'production', PUBLIC_URL: 'http://example.org' })).toEqual([
      'PUBLIC_URL: production needs an https origin',
      'SERVER_KEY: needed in production and with DATABASE_URL; see .env.example',
    ])
  })

  test('a database of its own without a server key', () => {
    expect(faultsOf({ DATABASE_URL: 'postgres://localhost/selene' })).toEqual([
      'SERVER_KEY: needed in production and with DATABASE_URL; see .env.example',
    ])
  })

  test('Electric without its secret, its database or its address', () => {
    expect(faultsOf({ ELECTRIC_URL: 'http://electric:3000' })).toEqual([
      'ELECTRIC_SECRET: needed with ELECTRIC_URL, as Electric answers whoever reaches it',
      'DATABASE_URL: needed with ELECTRIC_URL, which reads the same Postgres',
    ])
    expect(faultsOf({ ELECTRIC_SECRET: 'between us' })).toEqual([
      'ELECTRIC_URL: needed with ELECTRIC_SECRET',
    ])
  })

  test.each(['ftp://electric', 'electric:3000', 'http://electric/?secret=x', 'http://electric/#x'])(
    'an address of Electric like %s',
    (url) => {
      const rest = { ELECTRIC_SECRET: 'x', DATABASE_URL: 'postgres://localhost/x' }
      expect(faultsOf({ ...rest, SERVER_KEY: serverKey, ELECTRIC_URL: url })).toEqual([
        'ELECTRIC_URL: an http(s) URL, like http://electric:3000',
      ])
    },
  )

  test.each([
    ['a path', 'https://example.org/app'],
    ['a user', 'https://user@example.org'],
    ['no scheme', 'example.org'],
  ])('an origin with %s', (_, url) => {
    expect(faultsOf({ PUBLIC_URL: url })).toHaveLength(1)
  })

  test.each([
    ['no key', '{"keys":[]}'],
    ['a public key', JSON.stringify({ keys: [{ ...signingKey, d: undefined }] })],
    ['one kid twice', JSON.stringify({ keys: [signingKey, signingKey] })],
    ['no JSON', 'keys'],
  ])('a JWK set with %s', (_, keys) => {
    expect(faultsOf({ AUTH_KEYS: keys })).toHaveLength(1)
  })
})
