import type { JSONReport } from '@playwright/test/reporter'
import { expect, test } from 'vitest'
import { readPlaywrightReport } from './playwright-report.ts'

const spec = (title: string, status: string, annotations: object[] = []) => ({
  title,
  file: 'a.spec.ts',
  tests: [{ status, annotations }],
})

test('nested suites are counted, and a test that passed on repeating has failed', () => {
  const report = {
    suites: [
      {
        specs: [spec('works', 'expected')],
        suites: [
          {
            specs: [
              spec('breaks', 'unexpected'),
              spec('wavers', 'flaky'),
              spec('waits', 'skipped', [{ type: 'skip', description: 'no network' }]),
            ],
          },
        ],
      },
    ],
    errors: [{ message: 'the server did not start\nat x' }],
  } as unknown as JSONReport
  expect(readPlaywrightReport(report)).toEqual({
    projects: { browser: { passed: 1, failed: 3, skipped: 1 } },
    skipped: [{ name: 'browser › a.spec.ts › waits', reason: 'no network' }],
    failed: [
      'browser › a.spec.ts › breaks',
      'browser › a.spec.ts › wavers',
      'browser › the server did not start',
    ],
  })
})
