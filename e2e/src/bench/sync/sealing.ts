/**
 * What an envelope costs beside the one thing in it that cannot be had for less: libsodium's Ed25519. Rounds of
 * both alternate, and the fastest of each counts, so that what else the machine does weighs on neither.
 */
import {
  envelopeHash,
  envelopeSigningBytes,
  judgeEnvelope,
  pad,
  parseEnvelope,
} from '@selene/shapes'
import { openEnvelope, sealEnvelope, type ClientParts } from '@selene/client-sdk/testing'
import { figure, type Figure } from '../report.ts'
import { timed } from './timing.ts'

const rounds = 200
/** Some take about a millisecond: as short as that a busy machine lets a round run through. */
const perRound = 20
/** A change of one field, as Yjs writes it. */
const content = new Uint8Array(60).fill(7)

async function fastest(works: readonly (() => void)[]): Promise<number[]> {
  const best = works.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < rounds; round++)
    for (const [i, work] of works.entries()) {
      const ms = await timed(() => {
        for (let n = 0; n < perRound; n++) work()
      })
      best[i] = Math.min(best[i]!, ms)
    }
  return best.map((ms) => (perRound / ms) * 1000)
}

/** Seals and opens as a device does, with its own vault. */
export async function measureSealing({ crypto, vault }: ClientParts): Promise<Figure[]> {
  const { number, key: epochKey } = vault.epoch()
  const view = vault.view()
  const header = {
    version: 1,
    kind: 'update',
    epoch: number,
    vault: view.vault,
    doc: vault.docId('month/2026-03'),
    device: vault.device,
    deviceSeq: 1,
    docSeq: 1,
    docPrev: new Uint8Array(32),
    logSeq: 0,
    logHash: view.hashes[0]!.subarray(0, 16),
    ext: new Uint8Array(0),
  } as const
  const { secretKey: signKey, publicKey } = vault.keys.sign
  const seal = (): Uint8Array =>
    sealEnvelope(crypto, { epochKey, signKey }, { header, content }).bytes
  const bytes = seal()
  const sealed = parseEnvelope(bytes)
  if (!sealed.ok) throw new Error(sealed.code)
  const message = envelopeSigningBytes(envelopeHash(sealed.value, crypto))
  const { signature } = sealed.value
  const [seals, signs, opens, verifies] = await fastest([
    seal,
    () => void crypto.sign(message, signKey),
    () => {
      const parsed = parseEnvelope(bytes)
      const judged = parsed.ok && judgeEnvelope(view, parsed.value, crypto)
      if (!parsed.ok || !judged || !judged.ok) throw new Error('it is not judged good')
      if (!openEnvelope(crypto, epochKey, parsed.value).ok) throw new Error('it does not open')
    },
    () => void crypto.verify(signature, message, publicKey),
  ])
  const least = { of: 'ratio', least: 0.7 } as const
  return [
    figure({ name: 'seal', value: seals!, unit: '1/s', against: signs!, bar: least }),
    figure({ name: 'judge and open', value: opens!, unit: '1/s', against: verifies!, bar: least }),
    figure({
      name: 'envelope, beyond padded content',
      value: bytes.length - pad(content).length,
      unit: 'bytes',
      bar: { of: 'value', most: 300 },
    }),
  ]
}
