import type { AlertPhase } from '@selene/client-sdk'
import { expect, test } from 'vitest'
import { en } from '../strings/en.ts'
import { plainMessage } from './plain-message.ts'

const position = { latitude: 52.5, longitude: 13.4, accuracyMetres: 12, at: 0 }
const words = en.sos.plain
const wording = { words, clock: () => '14:05' }

test('a call for help says where she is only if she chose it', () => {
  const alert = { kind: 'sos', phase: 'queued' } as const
  expect(plainMessage(alert, undefined, wording)).toEqual({
    subject: words.subject,
    text: words.sos,
  })
  expect(plainMessage(alert, position, wording)).toEqual({
    subject: words.subject,
    text: `${words.sos}\nI am here (14:05):`,
    position,
  })
  expect(plainMessage({ ...alert, kind: 'medical' }, undefined, wording)?.text).toBe(words.medical)
})

test.each([
  ['resolved', words.safe],
  ['cancelled', words.cancelled],
] as const)('who was written to hears of its end: %s', (phase, text) => {
  expect(plainMessage({ kind: 'sos', phase }, position, wording)).toEqual({
    subject: words.endSubject,
    text,
  })
})

test.each<['sos' | 'test', AlertPhase]>([
  ['test', 'sent'],
  ['sos', 'expired'],
])('of a %s that is %s nobody is written to', (kind, phase) => {
  expect(plainMessage({ kind, phase }, position, wording)).toBeUndefined()
})
