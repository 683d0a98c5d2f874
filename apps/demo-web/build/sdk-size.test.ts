import { gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import { build, type Rolldown } from 'vite'
import { describe, expect, test } from 'vitest'

const kibibyte = 1024
/** What an app loads of the SDK itself: the whole of it, or one capability. */
const most = { whole: 60 * kibibyte, part: 25 * kibibyte }

const source = (path: string): string =>
  fileURLToPath(new URL(`../../../client-sdk/src/${path}`, import.meta.url))

/** Bytes of the SDK's own code behind an entry, minified and compressed; packages are not counted. */
async function ownBytes(entry: string): Promise<number> {
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@selene/source'] },
    build: {
      write: false,
      target: 'es2024',
      modulePreload: false,
      rolldownOptions: {
        input: source(entry),
        preserveEntrySignatures: 'strict',
        external: (id) => !id.startsWith('.') && !id.startsWith('/'),
      },
    },
  })) as Rolldown.RolldownOutput
  return built.output
    .filter((chunk) => chunk.type === 'chunk')
    .reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0)
}

describe('the SDK’s own code, compressed', () => {
  test.each(['calendar', 'calendar/interchange', 'charts', 'crypto', 'node', 'report'])(
    './%s is at most 25 KB',
    async (name) => {
      expect(await ownBytes(`${name}/index.ts`)).toBeLessThanOrEqual(most.part)
    },
  )

  // Wanted and not reached yet: about 97 KB.
  test.fails('all of it is at most 60 KB', async () => {
    expect(await ownBytes('index.ts')).toBeLessThanOrEqual(most.whole)
  })
})
