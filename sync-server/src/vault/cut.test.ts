import type { DeviceId } from '@selene/shapes'
import { expect, test } from 'vitest'
import { judgeCut } from './cut.ts'

const [member, other, removed, stranger] = ['m', 'o', 'r', 's'] as DeviceId[] as [
  DeviceId,
  DeviceId,
  DeviceId,
  DeviceId,
]
const stored = new Map([
  [member, 5],
  [removed, 9],
])
const isMember = (id: DeviceId) => id === member || id === other
const at = (device: DeviceId, deviceSeq: number) => ({ device, deviceSeq })

test.each([
  ['every member with envelopes, exactly', [at(member, 5)], 'exact'],
  ['a member without envelopes at 0', [at(member, 5), at(other, 0)], 'exact'],
  ['a member without envelopes above 0', [at(member, 5), at(other, 1)], 'refused'],
  ['a device removed earlier, with its own number', [at(member, 5), at(removed, 9)], 'exact'],
  ['a device removed earlier, with a lower one', [at(member, 5), at(removed, 8)], 'behind'],
  ['a lower number than is stored', [at(member, 4)], 'behind'],
  ['nothing of a member with envelopes', [], 'behind'],
  ['a higher number than is stored', [at(member, 6)], 'refused'],
  ['a device that was never a member', [at(member, 5), at(stranger, 0)], 'refused'],
  ['one device twice', [at(member, 5), at(member, 5)], 'refused'],
])('S21 a cut with %s', (_, cut, verdict) => {
  expect(judgeCut(cut, stored, isMember)).toBe(verdict)
})
