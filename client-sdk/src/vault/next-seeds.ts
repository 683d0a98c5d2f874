/** Seeds that this device will have: stored before the entry that adds them is sent, so that no crash loses them. */
import { base64urlToBytes, bytesToBase64url } from '@selene/shapes'
import type { DeviceSeeds } from '../crypto/member-keys.ts'
import { deleteMeta, readMeta, writeMeta } from '../store/meta.ts'
import type { Reader, StoreTx } from '../store/store.ts'

const key = 'next-device-seeds'

interface Stored {
  readonly sign: string
  readonly box: string
  readonly sos: string
}

export async function readNextSeeds(reader: Reader): Promise<DeviceSeeds | undefined> {
  const stored = await readMeta<Stored>(reader, key)
  return (
    stored && {
      sign: base64urlToBytes(stored.sign)!,
      box: base64urlToBytes(stored.box)!,
      sos: base64urlToBytes(stored.sos)!,
    }
  )
}

export const writeNextSeeds = (tx: StoreTx, { sign, box, sos }: DeviceSeeds): Promise<void> =>
  writeMeta(tx, key, {
    sign: bytesToBase64url(sign),
    box: bytesToBase64url(box),
    sos: bytesToBase64url(sos),
  } satisfies Stored)

export const forgetNextSeeds = (tx: StoreTx): Promise<void> => deleteMeta(tx, key)
