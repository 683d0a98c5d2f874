import { basename } from 'node:path'
import { defineConfig } from 'vitest/config'

const source = '@selene/source'

/** One project per package; a test file names what it needs in its suffix (`.pg.test.ts` needs Postgres). */
export default defineConfig({
  resolve: { conditions: [source, 'module', 'node', 'development|production'] },
  ssr: {
    resolve: {
      conditions: [source, 'module', 'node', 'development|production'],
      externalConditions: [source],
    },
  },
  test: {
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    setupFiles: ['./e2e/src/verify/vitest-setup.ts'],
    projects: ['shapes', 'client-sdk', 'sync-server', 'apps/demo-web', 'e2e'].map((folder) => ({
      extends: true,
      test: { name: basename(folder), include: [`${folder}/**/*.test.ts`] },
    })),
  },
})
