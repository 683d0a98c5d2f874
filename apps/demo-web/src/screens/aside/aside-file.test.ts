import type { OpId } from '@selene/client-sdk'
import type { CivilDate } from '@selene/client-sdk/calendar'
import { expect, test } from 'vitest'
import { refusedFile } from './aside-file.ts'

test('a copy of refused changes says when, why and what, and no id', () => {
  const entry = { opId: 'secret-id' as OpId, kind: 'doc.update', code: 'doc/too-large' } as const
  const days = [{ date: '2026-03-02' as CivilDate, values: { 'bleeding.value': 3 } }] as const
  const text = refusedFile([
    {
      entry: { ...entry, at: Date.UTC(2026, 2, 2), retriable: true },
      content: { document: 'month/2026-03', days },
    },
    { entry: { ...entry, at: 0, retriable: false }, content: { days: [] } },
  ])
  expect(text).not.toContain('secret-id')
  expect(JSON.parse(text)).toEqual({
    format: 'selene-refused',
    version: 1,
    changes: [
      {
        at: '2026-03-02T00:00:00.000Z',
        kind: 'doc.update',
        refusedFor: 'doc/too-large',
        document: 'month/2026-03',
        days,
      },
      { at: '1970-01-01T00:00:00.000Z', kind: 'doc.update', refusedFor: 'doc/too-large', days: [] },
    ],
  })
})
