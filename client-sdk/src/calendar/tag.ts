/** Her own words for what has no field: a set, kept in one order so that equal sets are equal lists. */

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Words as they were typed, as tags: trimmed, each once, in order; blank ones are left out. */
export const tagsOf = (words: readonly string[]): string[] =>
  [...new Set(words.map((word) => word.trim()).filter((word) => word !== ''))].toSorted(byCodeUnit)

/** The same change with its words as tags; no words are a cleared field. */
export const withTags = <T extends object>(change: T): T =>
  Object.fromEntries(
    Object.entries(change).map(([name, value]: [string, unknown]) => {
      if (!Array.isArray(value) || !value.every((word) => typeof word === 'string'))
        return [name, value]
      const tags = tagsOf(value)
      return [name, tags.length > 0 ? tags : null]
    }),
  ) as T
