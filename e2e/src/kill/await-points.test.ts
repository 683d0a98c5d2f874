import { expect, test } from 'vitest'
import { instrument } from './await-points.ts'

test('every await becomes a point with its place, whatever it awaits', () => {
  const source = [
    'const a = await f<number>(1, await g())',
    'async function h(this: void): Promise<void> { for (const x of y) await x.z }',
    'const word = "await nothing" // await nothing either',
    'const b = (await c) as { readonly d: string }',
  ].join('\n')
  const { code, points } = instrument(source, 'm.ts')
  expect(points).toEqual(['m.ts:1:11', 'm.ts:1:30', 'm.ts:2:66', 'm.ts:4:12'])
  const [first, second, third, fourth] = code.split('\n')
  expect(first).toBe(
    'const a = await globalThis.seleneReach("m.ts:1:11", f<number>(1, await globalThis.seleneReach("m.ts:1:30", g())))',
  )
  expect(second).toContain('await globalThis.seleneReach("m.ts:2:66", x.z) }')
  expect(third).toBe(source.split('\n')[2])
  expect(fourth).toBe(
    'const b = (await globalThis.seleneReach("m.ts:4:12", c)) as { readonly d: string }',
  )
})

test('an iteration that awaits is refused, as its awaits would go uncounted', () => {
  expect(() => instrument('for await (const x of y) f(x)', 'm.ts')).toThrow(
    'cannot be instrumented',
  )
})
