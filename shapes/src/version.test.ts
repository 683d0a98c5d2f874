import { createHash } from 'node:crypto'
import { toJsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import { expect, test } from 'vitest'
import { WIRE_VERSION, wireSchema } from './version.ts'

/** Whoever changes the wire bumps the version and pins the new hash here. */
const pinned = {
  version: 7,
  hash: '1241954d4993b94b4cc8156e1435349e8b201677200985147cd966660ea86495',
}

function hashWire(): string {
  const { bodies, ...schema } = wireSchema()
  const jsonBodies = Object.entries(bodies).map(([name, body]) => [
    name,
    // Checks beyond JSON schema (exact byte lengths) are in the pattern and length beside them.
    toJsonSchema(body as GenericSchema, { errorMode: 'ignore' }),
  ])
  const canonical = JSON.stringify({ ...schema, bodies: Object.fromEntries(jsonBodies) })
  return createHash('sha256').update(canonical).digest('hex')
}

test('the wire schema is the one of WIRE_VERSION', () => {
  expect({ version: WIRE_VERSION, hash: hashWire() }).toEqual(pinned)
})
