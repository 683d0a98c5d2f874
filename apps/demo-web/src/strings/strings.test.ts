import { fields } from '@selene/client-sdk/calendar'
import { describe, expect, test } from 'vitest'
import { de } from './de.ts'
import { en } from './en.ts'

/** Every text by its path, functions called with placeholders. */
function textsOf(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') {
    const said: unknown = (value as (...args: unknown[]) => unknown)('2', '3', '4')
    return [[path, String(said)]]
  }
  return Object.entries(value as object).flatMap(([key, inner]) => textsOf(inner, `${path}/${key}`))
}

const pathsOf = (strings: object): string[] => textsOf(strings).map(([path]) => path)

describe('the languages', () => {
  test('have the same texts, lists of the same length too', () => {
    expect(pathsOf(de)).toEqual(pathsOf(en))
  })

  test.each(Object.entries({ en, de }))('%s has no empty text', (_, strings) => {
    expect(textsOf(strings).filter(([, text]) => text.trim() === '')).toEqual([])
  })

  test.each(Object.entries({ en, de }))('%s names every answer of every choice', (_, strings) => {
    for (const [name, { options }] of Object.entries(strings.choices)) {
      const { min, max } = fields[name as keyof typeof strings.choices]
      expect(options, name).toHaveLength(max - min + 1)
    }
  })

  test('what the browser shows of the app is neutral', async () => {
    const { readFile } = await import('node:fs/promises')
    const page = await readFile(new URL('../../index.html', import.meta.url), 'utf8')
    const manifest = await readFile(
      new URL('../../public/manifest.webmanifest', import.meta.url),
      'utf8',
    )
    expect(/<title>(.*)<\/title>/.exec(page)?.[1]).toBe('Notes')
    expect(manifest).not.toMatch(/health|cycle|period|safe|sos|women|selene|emergency/i)
  })
})
