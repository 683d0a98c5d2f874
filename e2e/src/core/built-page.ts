/** A page of a test or a measurement, built and served as an app is. */
import { fileURLToPath } from 'node:url'
import { build, defaultClientConditions, preview, type InlineConfig } from 'vite'

export interface BuiltPage {
  readonly url: string
  close(): Promise<void>
}

/**
 * @param source Directory of `index.html`.
 * @param outDir Where it is put; a file written there afterwards is served too.
 */
export async function serveBuiltPage(source: URL, outDir: string): Promise<BuiltPage> {
  const configuration: InlineConfig = {
    configFile: false,
    root: fileURLToPath(source),
    logLevel: 'error',
    resolve: { conditions: ['@selene/source', ...defaultClientConditions] },
    worker: { format: 'es' },
    build: { target: 'es2024', outDir, emptyOutDir: true, assetsInlineLimit: 0 },
    preview: { port: 0 },
  }
  await build(configuration)
  const server = await preview(configuration)
  return { url: server.resolvedUrls!.local[0]!, close: () => server.close() }
}
