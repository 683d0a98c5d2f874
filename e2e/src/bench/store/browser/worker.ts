/**
 * The sealed store beside PGlite's `opfs-ahp`, in one worker and in turns, as `compare.ts` does it in Node. In the end
 * the store as an app opens it, new, from the image that is shipped.
 */
import { PGlite } from '@electric-sql/pglite'
import { OpfsAhpFS } from '@electric-sql/pglite/opfs-ahp'
import { browserPlatform, openSafe } from '@selene/client-sdk'
import { openSyncAccess, syncAccessDevice } from '@selene/client-sdk/testing'
import { databaseOptions, openSealedPack } from '../../../store/sealed-database.ts'
import { sealedFs, type Durability } from '../../../store/sealed.ts'
import { commits, fillDatabase, take, useDatabase, type Taken } from '../workload.ts'
import type { Said } from './said.ts'

const rounds = 4
/** How often each store of a round is opened and used again. */
const turns = 3
const relaxedCommits = `${commits}, relaxed`
const dataKey = new Uint8Array(32).fill(0x7e)

// To whoever made this worker: there is no origin to name.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
const say = (what: Said): void => self.postMessage(what)
const root = (): Promise<FileSystemDirectoryHandle> => navigator.storage.getDirectory()

async function openSealed(name: string, durability: Durability): Promise<PGlite> {
  const device = syncAccessDevice(await openSyncAccess(await root(), name))
  const pack = await openSealedPack(device, { dataKey: dataKey.slice() })
  const pg = new PGlite({ ...databaseOptions(), fs: sealedFs(pack, durability).filesystem })
  await pg.waitReady
  return pg
}

async function openPlain(name: string, durability: Durability): Promise<PGlite> {
  const pg = new PGlite({
    fs: new OpfsAhpFS(name),
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16384kB'],
    initDbStartParams: ['--wal-segsize=1'],
    relaxedDurability: durability === 'relaxed',
  })
  await pg.waitReady
  return pg
}

const kinds = [
  { kind: 'plain', open: openPlain },
  { kind: 'sealed', open: openSealed },
] as const

type AllTaken = Record<'plain' | 'sealed' | 'image', Taken>

async function runRound(number: number, taken: AllTaken): Promise<void> {
  for (const { kind, open } of kinds) {
    let pg!: PGlite
    await take(taken[kind], 'first open', async () => {
      pg = await open(`${kind}-${number}`, 'strict')
    })
    await fillDatabase(pg, taken[kind])
    await pg.close()
  }
  for (let turn = 1; turn <= turns; turn++)
    for (const { kind, open } of kinds) {
      const name = `${kind}-${number}`
      const base = 200_000 * turn
      await useDatabase(() => open(name, 'strict'), taken[kind], base)
      const relaxed: Taken = new Map()
      await useDatabase(() => open(name, 'relaxed'), relaxed, base + 100_000)
      const list = taken[kind].get(relaxedCommits) ?? []
      taken[kind].set(relaxedCommits, [...list, ...relaxed.get(commits)!])
    }
}

const image = async (): Promise<Blob> => (await fetch('/image.bin')).blob()

async function openFromImage(number: number, taken: Taken): Promise<void> {
  const safe = await openSafe({ platform: browserPlatform({ storeName: `new-${number}`, image }) })
  await take(taken, 'first open from the image', () => safe.create({ platformOnly: true }))
  await safe.lock()
  await safe.erase()
  await safe.close()
}

const fresh = (): AllTaken => ({ plain: new Map(), sealed: new Map(), image: new Map() })

async function compare(): Promise<AllTaken> {
  await runRound(0, fresh())
  await openFromImage(0, new Map())
  const taken = fresh()
  for (let number = 1; number <= rounds; number++) {
    await runRound(number, taken)
    await openFromImage(number, taken.image)
    say({ progress: `round ${number} of ${rounds}` })
  }
  return taken
}

try {
  const { plain, sealed, image } = await compare()
  say({ taken: { plain: [...plain], sealed: [...sealed], image: [...image] } })
} catch (error) {
  say({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) })
}
