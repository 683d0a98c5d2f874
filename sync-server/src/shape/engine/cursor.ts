/**
 * The live cursor: it changes with every interval of a long poll, so that no cache serves one answer
 * for ever, and is the same for everyone within it.
 */

const epochMs = Date.UTC(2024, 9, 9)

export interface CursorSource {
  readonly nowMs: number
  readonly longPollMs: number
  /** The cursor that the client sent. */
  readonly previous: string | undefined
  /** From 0 up to 1. */
  readonly random: () => number
}

export function nextCursor({ nowMs, longPollMs, previous, random }: CursorSource): string {
  const interval = Math.floor(longPollMs / 1000)
  if (interval < 1) return '0'
  const seconds = Math.floor((nowMs - epochMs) / 1000)
  const next = Math.ceil(seconds / interval) * interval
  const last = Number(previous)
  if (previous === undefined || !Number.isSafeInteger(last) || next > last) return String(next)
  return String(last + 1 + Math.floor(random() * 3600))
}
