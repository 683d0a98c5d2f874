/** What went wrong, and what can be done about it, in English. */
import type { Remedy } from '@selene/client-sdk'
import type { ExplainedProblem } from '../keys.ts'

export const problems: Record<ExplainedProblem, string> = {
  'account/identifier-taken': 'This name is taken. Choose another one.',
  'account/exists': 'This device has an account already.',
  'account/none': 'Create an account first.',
  'auth/refused': 'That does not match: check the name and the passphrase, or the words.',
  'auth/phrase-unreadable': 'These are not the 24 words of a recovery phrase. Check each of them.',
  'auth/weak-parameters':
    'The server asks for a weaker protection of your passphrase than is safe. Nothing was sent.',
  'auth/session-ended': 'You were signed out. Sign in again.',
  'backup/unreadable':
    'This file is not a backup. A file from “Export” is brought in under “Import”.',
  'backup/wrong-secret': 'That does not open this backup. Nothing was changed.',
  'backup/damaged': 'This backup is damaged. Nothing was changed. Try another copy of it.',
  'backup/cut':
    'The end of this backup is missing. Nothing was changed. Copy the file once more, or try another one.',
  'backup/newer-format': 'A newer version of the app made this backup. Reload to update.',
  'contact/invite-unknown': 'This invitation is unknown, used or too old. Ask for a new one.',
  'contact/own-invite': 'This is your own invitation. Send it to someone else.',
  'contact/unverified':
    'The other side of this invitation does not prove itself. Ask for a new one.',
  'diary/invalid-day': 'This value is not possible.',
  'diary/invalid-episode': 'This time is not possible. Check its first and last day.',
  'diary/invalid-profile': 'This value is not possible.',
  'diary/invalid-reminder': 'This reminder is not possible. Check its days and times.',
  'doc/too-large': 'This is too much for one day. Shorten the notes.',
  'import/unreadable': 'This file cannot be read.',
  'import/too-large': 'The file is larger than 10 MB.',
  'link/expired': 'The code is unknown or too old. Show a new one.',
  'link/failed': 'The devices could not be linked. Show a new code and try again.',
  'request/invalid': 'This is not in the form that is needed. Check that it is complete.',
  'server/unreachable': 'The server cannot be reached. Check the connection.',
  'server/overloaded': 'The server is busy. Try again in a moment.',
  'sos/closed': 'This call has ended.',
  'sos/no-alert': 'There is no such call.',
  'sos/not-released':
    'The place is not shown to you. Of people nearby the server shows it only to a few for each call, and to nobody whom the person has excluded. Your account must have existed for some time, you must have offered help here on several days, and you may be shown a place only so often.',
  'sos/storage-failed': 'This device could not store the alert. Call 112 or 911 now.',
  'store/in-use': 'The diary is open in another tab.',
  'store/newer-format': 'A newer version of the app wrote this diary. Reload to update.',
  'vault/forked': 'The server shows another history than this device knows. Nothing is taken over.',
  'vault/rolled-back': 'The server shows less than it did before. Nothing is taken over.',
  'vault/not-member': 'This device does not belong to that diary.',
  'vault/member-removed': 'This device was removed from the diary.',
  'vault/erased': 'The account was erased. The diary on this device is still there.',
  'vault/foreign': 'This belongs to another account than the one on this device.',
  'vault/head-moved': 'Another device changed something at the same moment. Try again.',
  'vault/rank': 'Only the passphrase or the recovery phrase may do this.',
  'vault/reset-pending': 'The seven days are not over yet.',
  'vault/void': 'It was written by a device after it was removed.',
  'doc/newer-schema': 'It was written by a newer version of the app. Reload to update.',
  'doc/snapshot-bad': 'A summary by another device is not what it says it is. It is not used.',
  'doc/unreadable': 'It is not in a form that the app can read.',
  'crypto/damaged': 'It is damaged.',
  'crypto/wrong-key': 'It is sealed with another key.',
  'crypto/bad-signature': 'It is not signed by the device that it names.',
}

export const remedies: Record<Remedy, string> = {
  retry: 'That did not work. Try again in a moment.',
  'sign-in': 'You need to sign in again.',
  unlock: 'The diary is closed. Reload the page.',
  'fix-request': 'That was not accepted. Check what you entered.',
  'update-app': 'A newer version of the app is needed. Reload the page.',
  'free-space': 'There is no room on this device. Free some space.',
  'give-up': 'That cannot be done.',
}
