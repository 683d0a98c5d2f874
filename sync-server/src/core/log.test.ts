import { Problem } from '@selene/shapes'
import { expect, test } from 'vitest'
import { createLog } from './log.ts'

function logged(fields: object, level?: 'error'): string {
  const lines: string[] = []
  createLog({ write: (line) => lines.push(line) }, level).info(fields, 'something happened')
  return lines.join('')
}

test('a line is JSON with level, time, text and the fields', () => {
  expect(JSON.parse(logged({ status: 200 }))).toMatchObject({
    level: 30,
    text: 'something happened',
    status: 200,
    time: expect.stringMatching(/^\d{4}-.*Z$/),
  })
})

test('below its level it writes nothing', () => {
  expect(logged({}, 'error')).toBe('')
})

test('S4 secrets are removed by the names of their fields', () => {
  const line = logged({
    token: 'MARKER',
    authorization: 'MARKER',
    request: { login_secret: 'MARKER', refresh_token: 'MARKER', body: 'MARKER', ip: 'MARKER' },
  })
  expect(line).not.toContain('MARKER')
})

test('S4 of a foreign error only name, code and frames are kept, causes too', () => {
  const cause = Object.assign(new SyntaxError('MARKER is not valid JSON'), { code: '22P02' })
  const error = new TypeError('MARKER\n    of several lines', { cause })
  const line = logged({ error })
  expect(line).not.toContain('MARKER')
  expect(line).not.toContain('several')
  expect(JSON.parse(line).error).toMatchObject({
    name: 'TypeError',
    frames: expect.arrayContaining([expect.stringContaining('log.test.ts')]),
    cause: { name: 'SyntaxError', code: '22P02' },
  })
})

test('a problem of ours keeps its code and detail', () => {
  const error = new Problem('server/unavailable', { detail: 'the database does not answer' })
  expect(JSON.parse(logged({ error })).error).toMatchObject({
    code: 'server/unavailable',
    detail: 'the database does not answer',
  })
})

test('what is thrown without being an error is named by its type', () => {
  expect(JSON.parse(logged({ error: 'MARKER' })).error).toEqual({ name: 'string' })
})
