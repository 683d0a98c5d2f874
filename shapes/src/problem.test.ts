import { expect, test } from 'vitest'
import { problems } from './problem-table.ts'
import { isProblemCode, Problem, problemFromBody, problemToBody } from './problem.ts'

test('a problem survives the wire (RFC 9457)', () => {
  const problem = new Problem('server/overloaded', {
    detail: 'try again',
    retryAfterSeconds: 3,
    faults: ['ops[0].kind: too long'],
  })
  const body = problemToBody(problem)
  expect(body).toMatchObject({
    type: 'urn:selene:problem:server/overloaded',
    title: 'The server is busy',
    status: 503,
  })
  const back = problemFromBody(JSON.parse(JSON.stringify(body)))
  expect(problemToBody(back)).toEqual(body)
})

test('the cause is kept and never serialised', () => {
  const cause = new Error('planted-secret')
  const problem = new Problem('server/unexpected', { cause })
  expect(problem.cause).toBe(cause)
  expect(JSON.stringify(problemToBody(problem)) + problem.message).not.toContain('planted-secret')
})

test('a body that is not a known problem is unintelligible', () => {
  for (const body of [undefined, null, 'x', {}, { code: 'no/such' }, { code: 'toString' }])
    expect(problemFromBody(body).code).toBe('server/unintelligible')
  expect(isProblemCode('constructor')).toBe(false)
})

test('every code is area/what, and titles are sentences without a stop', () => {
  for (const [code, { title }] of Object.entries(problems)) {
    expect(code).toMatch(/^[a-z]+\/[a-z-]+$/)
    expect(title).toMatch(/^[A-Z].*[^.]$/)
  }
})
