/**
 * Opens one database and says how much memory the process takes: `node --expose-gc memory-child.ts KIND DIRECTORY`, where KIND
 * is `plain`, as PGlite is by default, or `sealed`.
 */
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { databaseOptions, openSealedPack } from '../../store/sealed-database.ts'
import { fileDevice, sealedFs } from '../../store/sealed.ts'

const [, , kind = '', directory = ''] = process.argv

async function open(): Promise<PGlite> {
  if (kind === 'plain') return new PGlite({ fs: new NodeFS(join(directory, 'plain')) })
  const dataKey = new Uint8Array(32).fill(0x7e)
  const pack = await openSealedPack(fileDevice(join(directory, 'sealed.pack')), { dataKey })
  return new PGlite({ ...databaseOptions(), fs: sealedFs(pack).filesystem })
}

const pg = await open()
await pg.query('SELECT count(*) FROM notes')
for (let i = 0; i < 3; i++) globalThis.gc?.()
process.send?.(process.memoryUsage.rss())
await pg.close()
