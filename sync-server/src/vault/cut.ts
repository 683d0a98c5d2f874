/** Whether a new epoch's cut is what this server has stored (W13–W15). */
import type { DeviceId, EpochPart, MemberId } from '@selene/shapes'

/**
 * Compares a cut with the highest `device_seq` of each device's stored envelopes. Every device that
 * is a member when the entry is made and has envelopes must be in it with exactly that number;
 * devices removed earlier may be, with theirs.
 *
 * `behind` = an envelope arrived that the author had not seen, so the entry can be made again;
 * `refused` = it claims what was never stored here, or names a device twice.
 */
export function judgeCut(
  cut: EpochPart['cut'],
  stored: ReadonlyMap<DeviceId, number>,
  isMember: (id: MemberId) => boolean,
): 'exact' | 'behind' | 'refused' {
  const claimed = new Map(cut.map((entry) => [entry.device, entry.deviceSeq]))
  if (claimed.size !== cut.length) return 'refused'
  for (const [device, deviceSeq] of claimed) {
    const last = stored.get(device) ?? (isMember(device) ? 0 : undefined)
    if (last === undefined || deviceSeq > last) return 'refused'
  }
  for (const [device, last] of stored) {
    const claim = claimed.get(device) ?? (isMember(device) ? 0 : last)
    if (claim < last) return 'behind'
  }
  return 'exact'
}
