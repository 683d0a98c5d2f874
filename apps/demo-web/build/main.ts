/**
 * Builds the app into `dist` when its sources have changed, and says so in a line. The service worker is
 * built last: it holds the names of all other files, so that it differs whenever one of them does.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { placeStoreImage } from './store-image.ts'
import { compressAll, filesOf } from './compress.ts'
import { fingerprint, inputs } from './inputs.ts'

const repository = fileURLToPath(new URL('../../..', import.meta.url))
const app = fileURLToPath(new URL('..', import.meta.url))
const output = join(app, 'dist')
const cache = join(repository, 'node_modules/.cache/selene-demo-web')
/** Written last: a build that was interrupted has none. */
const stamp = join(output, 'built-from.txt')
const configFile = join(app, 'vite.config.ts')

const say = (text: string): boolean => process.stdout.write(text)

/** Paths of what a page needs offline; the page itself is `/`. */
const shellFiles = (): string[] =>
  filesOf(output)
    .map((name) => `/${name.replaceAll('\\', '/')}`)
    .map((path) => (path === '/index.html' ? '/' : path))
    .toSorted()

function shellVersion(files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of files)
    hash.update(path).update(readFileSync(join(output, path === '/' ? 'index.html' : path)))
  return hash.digest('hex').slice(0, 16)
}

async function buildServiceWorker(): Promise<void> {
  const files = shellFiles()
  await build({
    configFile: false,
    root: app,
    publicDir: false,
    logLevel: 'error',
    define: {
      SHELL_FILES: JSON.stringify(files),
      SHELL_VERSION: JSON.stringify(shellVersion(files)),
    },
    build: {
      target: 'es2024',
      outDir: output,
      emptyOutDir: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: join(app, 'src/service-worker/main.ts'),
        output: { entryFileNames: 'sw.js', format: 'iife' },
      },
    },
  })
}

async function buildApp(from: string): Promise<void> {
  const started = performance.now()
  say('Building the web app …')
  rmSync(stamp, { force: true })
  const image = await placeStoreImage(join(repository, 'node_modules/.cache/selene'))
  await build({
    configFile,
    logLevel: 'error',
    define: { STORE_IMAGE: JSON.stringify(image.address) },
  })
  image.write(output)
  await buildServiceWorker()
  await compressAll(output, cache)
  writeFileSync(stamp, from)
  say(` ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
}

const from = fingerprint(repository, inputs)
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== from) await buildApp(from)
