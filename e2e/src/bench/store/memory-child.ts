/**
 * Opens one database and says how much memory the process takes: `node --expose-gc memory-child.ts KIND DIRECTORY`, where KIND
 * is `plain`, as PGlite is by default, or `sealed`.
 */
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { open, sealedKind } from './kinds.ts'

const [, , kind = '', directory = ''] = process.argv

const pg =
  kind === 'plain'
    ? new PGlite({ fs: new NodeFS(join(directory, 'plain')) })
    : await open(sealedKind('strict'), directory)
await pg.query('SELECT count(*) FROM notes')
for (let i = 0; i < 3; i++) globalThis.gc?.()
process.send?.(process.memoryUsage.rss())
await pg.close()
