/**
 * Columns of many rows as SQL text: the port has no arrays, so they cross it as `$1::text::bytea[]` and
 * the like, for `unnest`.
 */

/**
 * `{…}` of bytes, numbers, and words whose form holds nothing that needs quoting: identifiers, kinds,
 * codes. What is missing is null.
 */
export const toList = (values: readonly (Uint8Array | number | string | undefined)[]): string =>
  `{${values.map(toElement).join(',')}}`

function toElement(value: Uint8Array | number | string | undefined): string {
  if (value === undefined) return 'NULL'
  if (!(value instanceof Uint8Array)) return String(value)
  const { buffer, byteOffset, byteLength } = value
  return `"\\\\x${Buffer.from(buffer, byteOffset, byteLength).toString('hex')}"`
}
