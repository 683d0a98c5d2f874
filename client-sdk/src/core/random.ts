/** Unpredictable bytes. Simulations pass a seeded source; everything else the platform's. */
export interface Random {
  bytes(length: number): Uint8Array<ArrayBuffer>
}

export const systemRandom: Random = {
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
}

/** Uniform in [0, 1), for jitter. */
export function fraction(random: Random): number {
  return new DataView(random.bytes(4).buffer).getUint32(0) / 2 ** 32
}
