/**
 * Calls that are made again when the tab that worked for all ended before it answered: it is not known whether
 * they were done, and doing them twice is doing them once. All others are shown as not known.
 */
import type { CallName } from './facade.ts'

const sameTwice: readonly CallName[] = [
  'unlock',
  'lock',
  'setAutoLock',
  'touch',
  'checkStore',
  'edit',
  'setProfile',
  'setSettings',
  'chosen',
  'removeEpisode',
  'putReminder',
  'removeReminder',
  'setQuietHours',
  'dismissNotices',
  'previewImport',
  'sniffTable',
  'tableWords',
  'exportDiary',
  'readDays',
  'makeBackup',
  'exportEverything',
  'syncNow',
  'hidden',
  'cancelJoining',
  'forgetMet',
  'prove',
  'removeMember',
  'looked',
  'readSetAside',
  'rehearse',
  'newPhrase',
  'cancelReset',
  'fire',
  'update',
  'cancel',
  'resolve',
  'dismiss',
  'locate',
  'setOwnName',
  'removeContact',
  'fingerprint',
  'verifyContact',
  'changeAddress',
  'removeAddress',
  'messageLinks',
  'endGrant',
  'refreshGrants',
  'setLocation',
  'reportPosition',
]

/** The arguments with which to call again; `undefined` when it is not to be. */
export function argumentsAgain(
  name: CallName,
  args: readonly unknown[],
): readonly unknown[] | undefined {
  // Rather a second alert than none: one that runs is taken for it.
  if (name === 'raise' || name === 'arm') return [args[0], 'again']
  return sameTwice.includes(name) ? args : undefined
}
