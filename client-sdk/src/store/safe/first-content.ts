/** What a new store begins with: the store that was not sealed, a prepared image, or nothing, and then Postgres makes it. */
import type { DatabaseEntry, OpenFiles, PlainStore } from '../files.ts'
import { fillPack, verifyPack } from '../fill-pack.ts'
import type { Pack } from '../sealed/pack.ts'
import { readTar, unpackArchive } from '../tar.ts'

async function imageEntries({ image }: OpenFiles): Promise<Iterable<DatabaseEntry> | undefined> {
  return image && readTar(await unpackArchive(await image()))
}

/** Fills an empty pack; what is taken over is read back and compared. @throws fault full, io, damaged */
export async function fillFirst(
  pack: Pack,
  files: OpenFiles,
  plain: PlainStore | undefined,
): Promise<void> {
  if (plain) {
    await fillPack(pack, plain.entries())
    await verifyPack(pack, plain.entries())
    return
  }
  const entries = await imageEntries(files)
  if (entries) await fillPack(pack, entries)
}
