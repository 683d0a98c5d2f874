/** Names of notification channels: plain identifiers, so that no quoting is ever needed. */

/** @throws TypeError unless the name is lower-case letters, digits and underscores. */
export function checkChannel(name: string): string {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(name)) throw new TypeError('not a plain channel name')
  return name
}
