import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encode } from './bytes/codec.ts'
import { concat } from './bytes/concat.ts'
import { envelopeHeader, joinEnvelope, parseEnvelope, type EnvelopeHeader } from './envelope.ts'
import type { DeviceId, DocId, VaultId } from './id.ts'

const header: EnvelopeHeader = {
  version: 1,
  kind: 'update',
  epoch: 1,
  vault: '00000000-0000-8000-8000-000000000001' as VaultId,
  doc: '00000000-0000-0000-0000-000000000002' as DocId,
  device: '00000000-0000-0000-0000-000000000003' as DeviceId,
  deviceSeq: 4,
  docSeq: 5,
  docPrev: new Uint8Array(32),
  logSeq: 6,
  logHash: new Uint8Array(16),
  ext: new Uint8Array(0),
}
const headerBytes = encode(envelopeHeader, header)
const sample = concat(headerBytes, new Uint8Array(72 + 256).fill(7), new Uint8Array(64).fill(9))

test('W4 the header is 120 bytes and ext; an envelope is 256 bytes more than its padded content', () => {
  expect(headerBytes.length).toBe(120)
  expect(encode(envelopeHeader, { ...header, ext: new Uint8Array(10) }).length).toBe(130)
  expect(sample.length).toBe(256 + 256)
})

test('W4 an envelope splits into its parts and joins again', () => {
  const parsed = parseEnvelope(sample)
  if (!parsed.ok) throw new Error(parsed.code)
  expect(parsed.value.header).toEqual(header)
  expect(parsed.value.body.length).toBe(72 + 256)
  expect(joinEnvelope(parsed.value)).toEqual(sample)
})

test('W2 cut short anywhere, an envelope is malformed or has a shorter body, and never throws', () => {
  for (let length = 0; length < 120 + 72 + 64; length++)
    expect(parseEnvelope(sample.subarray(0, length))).toEqual({ ok: false, code: 'wire/malformed' })
})

test('W2 any bytes parse to an envelope that joins to the same bytes, or are malformed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, like) => {
      const input = like ? concat(headerBytes.subarray(0, 118), bytes) : bytes
      const parsed = parseEnvelope(input)
      if (parsed.ok) expect(joinEnvelope(parsed.value)).toEqual(input)
    }),
  )
})
