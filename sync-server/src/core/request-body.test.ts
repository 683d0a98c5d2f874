import { Problem } from '@selene/shapes'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { readJson } from './request-body.ts'

const schema = v.strictObject({
  name: v.pipe(v.string(), v.maxLength(5)),
  counts: v.array(v.pipe(v.number(), v.minValue(1))),
})
type Body = ConstructorParameters<typeof Response>[0]
const post = (body: Body): Request =>
  new Request('http://localhost/', { method: 'POST', body, duplex: 'half' } as RequestInit)

async function problemOf(body: Body, limit = 1000): Promise<Problem> {
  const failed = await readJson(post(body), schema, limit).catch((error: unknown) => error)
  if (!(failed instanceof Problem)) throw new Error('the body was accepted')
  return failed
}

test('a body that fits is read', async () => {
  const read = await readJson(post('{"name":"é","counts":[1,2]}'), schema, 1000)
  expect(read).toEqual({ name: 'é', counts: [1, 2] })
})

test('S2 a body over the limit is refused with the limit in the detail, with and without a length', async () => {
  const declared = await problemOf('x'.repeat(101), 100)
  expect([declared.code, declared.detail]).toEqual(['request/too-large', 'at most 100 bytes'])
  const chunks = new ReadableStream({
    start(controller) {
      for (let i = 0; i < 11; i++) controller.enqueue(new Uint8Array(10))
      controller.close()
    },
  })
  expect((await problemOf(chunks, 100)).code).toBe('request/too-large')
})

test.each([
  ['not JSON', '{"name":"SECRET', 'the body is not JSON'],
  ['not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 'the body is not UTF-8'],
  ['empty', '', 'the body is not JSON'],
])('a body that is %s is invalid', async (_, body, fault) => {
  const problem = await problemOf(body)
  expect([problem.code, problem.faults]).toEqual(['request/invalid', [fault]])
})

test('S3 faults name fields and what was expected, never a value', async () => {
  const problem = await problemOf('{"name":"SECRET","counts":[0,"SECRET"],"more":"SECRET"}')
  expect(problem.faults).toEqual([
    'name: expected <=5',
    'counts.0: expected >=1',
    'counts.1: expected number',
    'more: unknown field',
  ])
  expect((await problemOf('{"counts":[]}')).faults).toEqual(['name: missing'])
  expect((await problemOf('"SECRET"')).faults).toEqual(['expected Object'])
})

test('names of unknown fields come back short and plain', async () => {
  const name = `<script>${'a'.repeat(200)}`
  const [fault] = (await problemOf(JSON.stringify({ name: 'a', counts: [], [name]: 1 }))).faults!
  expect(fault).toMatch(/^[\w.?-]{80}: unknown field$/)
})
