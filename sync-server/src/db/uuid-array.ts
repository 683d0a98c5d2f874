/** Lists of identifiers as SQL text: the port has no arrays, so they cross it as `$1::text::uuid[]`. */

/** `{…}` of identifiers, whose form holds nothing that needs quoting. */
export const toUuidArray = (ids: readonly string[]): string => `{${ids.join(',')}}`

/** The identifiers of a `uuid[]` as Postgres prints it; none for null. */
export const fromUuidArray = <Id extends string>(printed: string | null): Id[] =>
  (printed ?? '{}')
    .slice(1, -1)
    .split(',')
    .filter((id): id is Id => id !== '')
