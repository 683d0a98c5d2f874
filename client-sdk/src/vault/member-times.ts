/**
 * Since when this device knows each member. The log has no times, so it is this device's own clock that says it; of
 * members that were there before this device nothing is known.
 */
import type { MemberId } from '@selene/shapes'
import { readMeta, writeMeta } from '../store/meta.ts'
import type { Reader, StoreTx } from '../store/store.ts'

/** Milliseconds since 1970. */
type MemberTimes = Readonly<Partial<Record<MemberId, number>>>

const timesKey = 'member-times'

export const readMemberTimes = async (reader: Reader): Promise<MemberTimes> =>
  (await readMeta<MemberTimes>(reader, timesKey)) ?? {}

/** They are known from now on; of those that are known already nothing changes. */
export async function noteMembers(
  tx: StoreTx,
  ids: readonly MemberId[],
  now: number,
): Promise<void> {
  if (ids.length === 0) return
  const noted = Object.fromEntries(ids.map((id) => [id, now]))
  await writeMeta(tx, timesKey, { ...noted, ...(await readMemberTimes(tx)) })
}

/** Only these are known, from now on. */
export const noteOnly = (tx: StoreTx, ids: readonly MemberId[], now: number): Promise<void> =>
  writeMeta(tx, timesKey, Object.fromEntries(ids.map((id) => [id, now])))
