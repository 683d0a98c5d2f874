/** Refused changes as a file that people and programs read: no id and no key is in it. Pure. */
import type { SetAside, SetAsideContent } from '@selene/client-sdk'

export interface Refused {
  readonly entry: SetAside
  readonly content: SetAsideContent
}

export const refusedFile = (refused: readonly Refused[]): string =>
  `${JSON.stringify(
    {
      format: 'selene-refused',
      version: 1,
      changes: refused.map(({ entry: { kind, code, at }, content: { document, days } }) => ({
        at: new Date(at).toISOString(),
        kind,
        refusedFor: code,
        document,
        days,
      })),
    },
    undefined,
    2,
  )}\n`
