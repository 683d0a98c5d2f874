import { gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import { build, type Rolldown } from 'vite'
import { beforeAll, describe, expect, test } from 'vitest'

const kibibyte = 1024

type Chunk = Rolldown.OutputChunk
type Chunks = ReadonlyMap<string, Chunk>

const source = (path: string): string =>
  fileURLToPath(new URL(`../../../client-sdk/src/${path}`, import.meta.url))

/** The SDK's own code behind an entry as files that an app would load, minified; packages are left out. */
async function bundle(entry: string): Promise<Chunks> {
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
        // As in an app, whose entry exports nothing: what several files share may lie in it.
        preserveEntrySignatures: 'allow-extension',
        external: (id) => !id.startsWith('.') && !id.startsWith('/'),
      },
    },
  })) as Rolldown.RolldownOutput
  const chunks = built.output.filter((file) => file.type === 'chunk')
  return new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
}

const compressed = ({ code }: Chunk): number => gzipSync(code, { level: 9 }).length

/** What loads with these files: what they import, and what that imports. */
function loadedWith(chunks: Chunks, wanted: (chunk: Chunk) => boolean): number {
  const loaded = new Set<Chunk>()
  const load = (chunk: Chunk | undefined): void => {
    if (!chunk || loaded.has(chunk)) return
    loaded.add(chunk)
    for (const name of chunk.imports) load(chunks.get(name))
  }
  for (const chunk of chunks.values()) if (wanted(chunk)) load(chunk)
  return [...loaded].reduce((sum, chunk) => sum + compressed(chunk), 0)
}

describe('the SDK’s own code, compressed', () => {
  let whole: Chunks
  beforeAll(async () => {
    whole = await bundle('index.ts')
  })

  test('C150 what `.` loads at once, for the lock screen and an SOS, is at most 60 KB', () => {
    expect(loadedWith(whole, ({ isEntry }) => isEntry)).toBeLessThanOrEqual(60 * kibibyte)
  })

  test('C150 each file that it loads later is at most 25 KB', () => {
    const later = [...whole.values()].filter(({ isEntry }) => !isEntry)
    expect(later.length).toBeGreaterThan(10)
    const large = later.filter((chunk) => compressed(chunk) > 25 * kibibyte)
    expect(large.map(({ fileName }) => fileName)).toEqual([])
  })

  test('C150 all that an open diary takes, from the start to its forecast, is at most 96 KB', () => {
    const parts = ['assemble', 'diary-part', 'outlook']
    const isPart = ({ isEntry, name }: Chunk): boolean => isEntry || parts.includes(name)
    expect([...whole.values()].filter(isPart)).toHaveLength(1 + parts.length)
    expect(loadedWith(whole, isPart)).toBeLessThanOrEqual(96 * kibibyte)
  })

  test.each(['calendar', 'calendar/interchange', 'charts', 'crypto', 'node', 'report'])(
    './%s is at most 25 KB',
    async (name) => {
      const chunks = await bundle(`${name}/index.ts`)
      expect(loadedWith(chunks, () => true)).toBeLessThanOrEqual(25 * kibibyte)
    },
  )
})
