/** PGlite on a sealed pack on any device, for simulations and measurements. */
import { PGlite, type PGliteOptions } from '@electric-sql/pglite'
import { amcheck } from '@electric-sql/pglite/contrib/amcheck'
import {
  isRelation,
  loadBlockAead,
  loadPrimitives,
  openPack,
  postgresOptions,
  sealedFs,
  systemRandom,
  type BlockDevice,
  type Durability,
  type MakeBlockAead,
  type Pack,
  type PackOptions,
  type Random,
} from './sealed.ts'

/** The cryptography of all packs of this process. */
export const storeCrypto = Promise.all([loadPrimitives(systemRandom), loadBlockAead()])

export interface SealedDatabase {
  readonly pg: PGlite
  readonly pack: Pack
  /** Makes durable what waits in relaxed mode. */
  flush(): void
}

export interface DatabaseOptions {
  readonly dataKey: Uint8Array
  /** The platform's cipher, where it has one. */
  readonly aead?: MakeBlockAead
  readonly durability?: Durability
  readonly random?: Random
  readonly pack?: Partial<PackOptions>
  /** Stands between Postgres and the pack. */
  readonly around?: (pack: Pack) => Pack
  readonly settings?: Readonly<Record<string, string>>
}

/** The options of the SDK's own stores, with other settings where they are given. */
export const databaseOptions = (
  settings: Readonly<Record<string, string>> = {},
): PGliteOptions => ({
  ...postgresOptions,
  startParams: [
    ...postgresOptions.startParams,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ],
})

/** Opens the pack of a device, read back or made. @throws Error with the code when it is refused. */
export async function openSealedPack(device: BlockDevice, options: DatabaseOptions): Promise<Pack> {
  const [crypto, sodium] = await storeCrypto
  const aead = options.aead ?? sodium
  const opened = openPack(
    { device, crypto, aead, random: options.random ?? systemRandom, now: Date.now },
    { dataKey: options.dataKey, isPromised: isRelation, ...options.pack },
  )
  if (!opened.ok) throw new Error(`the pack is ${opened.code}`)
  return opened.pack
}

/** Opens a database with amcheck. @throws Error when pack or database do not open. */
export async function openSealedDatabase(
  device: BlockDevice,
  options: DatabaseOptions,
): Promise<SealedDatabase> {
  const pack = await openSealedPack(device, options)
  const seen = options.around?.(pack) ?? pack
  const { filesystem, flush } = sealedFs(seen, options.durability)
  const pg = new PGlite({
    ...databaseOptions(options.settings),
    fs: filesystem,
    extensions: { amcheck },
  })
  await pg.waitReady
  return { pg, pack, flush }
}
