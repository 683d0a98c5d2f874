import { defineConfig } from '@playwright/test'

/** Tests of the app in a real browser; each opens devices of its own, so that OPFS and workers are real. */
export default defineConfig({
  testDir: 'src/web',
  testMatch: '*.spec.ts',
  outputDir: '../test-results/browser',
  // Profiles of browsers are large.
  preserveOutput: 'failures-only',
  fullyParallel: true,
  workers: 2,
  // First opening of the store takes seconds, and two at a time share the machine.
  timeout: 180_000,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  retries: 0,
  reporter: [['list']],
})
