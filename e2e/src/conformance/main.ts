/**
 * `npm run conformance -- --url URL --database-url URL [--secret SECRET]`: the contract of shapes against
 * any server that speaks Electric's protocol. What the contract asks of our own engine alone is skipped.
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startVitest } from 'vitest/node'

const usage = `npm run conformance -- --url URL --database-url URL [--secret SECRET]

  --url           where the server is: /v1/shape and /v1/health are asked for under it
  --database-url  the Postgres that this server reads, as somebody who may create a table: the suite has
                  to write what it then reads. It makes one table, vault_log, and drops it again; a
                  database that has a table of that name is left alone
  --secret        what the server's ELECTRIC_SECRET says; left out for a server without one
`

const source = '@selene/source'
const root = fileURLToPath(new URL('../../..', import.meta.url))
const suite = fileURLToPath(import.meta.resolve('../../../sync-server/test/conformance.suite.ts'))

function readArguments(): { url: string; database: string; secret: string } | undefined {
  try {
    const { values } = parseArgs({
      options: {
        url: { type: 'string' },
        'database-url': { type: 'string' },
        secret: { type: 'string', default: '' },
      },
    })
    const { url = '', 'database-url': database = '', secret } = values
    const ok = /^https?:/.test(url) && URL.canParse(url) && /^postgres(ql)?:/.test(database)
    return ok ? { url, database, secret } : undefined
  } catch {
    return undefined
  }
}

const given = readArguments()
if (!given) {
  process.stderr.write(usage)
  process.exit(2)
}
Object.assign(process.env, {
  SELENE_CONFORMANCE_URL: given.url,
  SELENE_CONFORMANCE_DATABASE_URL: given.database,
  SELENE_CONFORMANCE_SECRET: given.secret,
})
const vitest = await startVitest(
  [],
  {
    root,
    config: false,
    watch: false,
    include: [suite],
    reporters: ['verbose'],
    testTimeout: 120_000,
  },
  {
    resolve: { conditions: [source, 'module', 'node', 'development|production'] },
    ssr: {
      resolve: {
        conditions: [source, 'module', 'node', 'development|production'],
        externalConditions: [source],
      },
    },
  },
)
await vitest.exit()
