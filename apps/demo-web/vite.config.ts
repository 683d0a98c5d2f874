/** How the app is bundled; `build/main.ts` builds with it, `npm run dev` serves with it. */
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

const syncServer = 'http://localhost:8000'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: 'public',
  plugins: [react()],
  // The build puts the address of the store's image in; served from sources, Postgres makes new stores.
  define: { STORE_IMAGE: 'undefined' },
  resolve: { conditions: ['@selene/source', ...defaultClientConditions] },
  // PGlite finds its wasm beside its own module; bundled ahead of time it would not.
  optimizeDeps: {
    exclude: ['@electric-sql/pglite'],
    include: ['libsodium-wrappers-sumo', 'yjs'],
  },
  worker: { format: 'es' },
  build: {
    target: 'es2024',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
  },
  server: {
    port: 5173,
    proxy: { '/v1': { target: syncServer, ws: true }, '/.well-known': syncServer },
  },
})
