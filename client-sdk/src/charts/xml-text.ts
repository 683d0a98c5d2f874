/** Text for XML: what XML 1.0 has no place for is replaced, what has a meaning there is escaped. */

/** Characters outside XML 1.0 (section 2.2). */
// oxlint-disable-next-line no-control-regex -- these are the characters that XML excludes
const notXml = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** The text with U+FFFD for every character, and every half of one, that XML cannot hold. */
export const soundText = (text: string): string => text.toWellFormed().replaceAll(notXml, '\uFFFD')

/** The text as content or attribute value of XML. */
export const xmlText = (text: string): string =>
  soundText(text).replaceAll(/[&<>"']/g, (character) => entities[character]!)
