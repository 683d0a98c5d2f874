import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import { soundText, xmlText } from './xml-text.ts'

test('what has a meaning in XML is escaped', () => {
  expect(xmlText(`<a b="c" d='e'>&amp;]]>`)).toBe(
    '&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;]]&gt;',
  )
})

test('what XML cannot hold is replaced, not dropped', () => {
  expect(soundText('a\u0000b\uD83Dc\uFFFF\n\t😀')).toBe('a\uFFFDb\uFFFDc\uFFFD\n\t😀')
})

test('any text comes back from a strict parser', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const found: string[] = []
      const parser = new SaxesParser()
      parser.on('error', (error) => {
        throw error
      })
      parser.on('text', (value) => found.push(value))
      parser.on('opentag', ({ attributes }) => found.push(String(attributes['b'])))
      parser.write(`<a b="${xmlText(text)}">${xmlText(text)}</a>`).close()
      // A parser reads line ends as line feeds, and in attributes as blanks (sections 2.11 and 3.3.3).
      const lines = soundText(text).replaceAll(/\r\n?/g, '\n')
      expect(found.join('')).toBe(lines.replaceAll(/[\n\t]/g, ' ') + lines)
    }),
  )
})
