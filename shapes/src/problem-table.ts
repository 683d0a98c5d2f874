/** The closed table of everything that can go wrong: by code, its title and what a program may do about it. */

export type Remedy =
  | 'retry'
  | 'sign-in'
  | 'unlock'
  | 'fix-request'
  | 'update-app'
  | 'free-space'
  | 'give-up'

export interface ProblemEntry {
  /** HTTP status; absent when the problem never crosses the wire. */
  readonly status?: number
  readonly title: string
  readonly remedy: Remedy
}

export const problems = {
  'account/identifier-taken': {
    status: 409,
    title: 'This identifier has an account',
    remedy: 'sign-in',
  },
  'account/exists': { status: 409, title: 'This vault has an account', remedy: 'sign-in' },
  'account/none': { title: 'There is no account on this device yet', remedy: 'fix-request' },
  'auth/required': { status: 401, title: 'A valid access token is required', remedy: 'sign-in' },
  'auth/expired': { status: 401, title: 'The access token has expired', remedy: 'sign-in' },
  'auth/refused': {
    status: 401,
    title: 'The identifier, secret or proof is not right',
    remedy: 'sign-in',
  },
  'auth/phrase-unreadable': {
    title: 'These are not 24 words of a recovery phrase',
    remedy: 'fix-request',
  },
  'auth/session-ended': { status: 401, title: 'This session has ended', remedy: 'sign-in' },
  'auth/weak-parameters': {
    title: 'The key derivation parameters are outside the safe range',
    remedy: 'give-up',
  },
  'backup/unreadable': { title: 'The file is not a backup', remedy: 'fix-request' },
  'backup/wrong-secret': { title: 'This does not open the backup', remedy: 'fix-request' },
  'backup/damaged': { title: 'The backup is damaged', remedy: 'give-up' },
  'backup/cut': { title: 'The end of the backup is missing', remedy: 'give-up' },
  'backup/newer-format': {
    title: 'A newer version of the app wrote this backup',
    remedy: 'update-app',
  },
  'contact/invite-unknown': {
    status: 404,
    title: 'This invitation is unknown, used or expired',
    remedy: 'fix-request',
  },
  'contact/own-invite': {
    status: 422,
    title: 'This invitation is her own',
    remedy: 'fix-request',
  },
  'contact/unknown': { status: 404, title: 'There is no such contact', remedy: 'fix-request' },
  'contact/unverified': {
    title: 'The other side of the invitation does not prove itself',
    remedy: 'give-up',
  },
  'crypto/wrong-key': { title: 'The key does not open this record', remedy: 'give-up' },
  'crypto/damaged': { title: 'The sealed record is damaged', remedy: 'give-up' },
  'crypto/bad-signature': {
    status: 422,
    title: 'The signature does not match',
    remedy: 'fix-request',
  },
  'doc/chain': { status: 409, title: 'The envelope does not continue its chain', remedy: 'retry' },
  'doc/cover-unknown': {
    status: 422,
    title: 'The snapshot covers an envelope that is not stored here',
    remedy: 'give-up',
  },
  'doc/snapshot-conflict': {
    status: 409,
    title: 'Another snapshot of the document came first',
    remedy: 'retry',
  },
  'doc/snapshot-bad': {
    title: 'The snapshot is not what it says that it covers',
    remedy: 'give-up',
  },
  'doc/foreign-id': { title: 'The document id is not that of its name', remedy: 'give-up' },
  'doc/too-large': {
    status: 413,
    title: 'The document or update is too large',
    remedy: 'fix-request',
  },
  'doc/newer-schema': {
    title: 'A newer version of the app wrote this document',
    remedy: 'update-app',
  },
  'doc/unreadable': { title: 'The update cannot be applied', remedy: 'give-up' },
  'diary/invalid-day': { title: 'A value of the day is not possible', remedy: 'fix-request' },
  'diary/invalid-profile': {
    title: 'A setting of the profile is not possible',
    remedy: 'fix-request',
  },
  'diary/invalid-episode': { title: 'The declared time is not possible', remedy: 'fix-request' },
  'diary/invalid-reminder': { title: 'A reminder is not possible as set', remedy: 'fix-request' },
  'grant/unknown': {
    status: 404,
    title: 'There is no such grant, or it has ended',
    remedy: 'fix-request',
  },
  'grant/conflict': {
    status: 409,
    title: 'Another page of the grant came first',
    remedy: 'retry',
  },
  'import/unreadable': { title: 'The file is not in a known format', remedy: 'fix-request' },
  'import/mapping-needed': {
    title: 'What the columns of the table mean has to be said first',
    remedy: 'fix-request',
  },
  'import/too-large': { title: 'The file is too large to import', remedy: 'fix-request' },
  'link/expired': {
    status: 404,
    title: 'This link is unknown or has expired',
    remedy: 'fix-request',
  },
  'link/full': { status: 409, title: 'This place in the link is taken', remedy: 'fix-request' },
  'link/refused': { status: 403, title: 'The link token is not right', remedy: 'fix-request' },
  'link/failed': { title: 'The two devices could not be linked', remedy: 'fix-request' },
  'location/not-sharing': {
    status: 409,
    title: 'This account has not opted in to help nearby',
    remedy: 'fix-request',
  },
  'outbox/gap': { status: 409, title: 'An operation before this one is missing', remedy: 'retry' },
  'outbox/equivocation': {
    status: 422,
    title: 'This number was used for other bytes',
    remedy: 'give-up',
  },
  'outbox/rolled-back': {
    title: 'The server has lost what it had stored; it is sent again',
    remedy: 'retry',
  },
  'outbox/op-unknown': {
    status: 422,
    title: 'The kind of operation is unknown',
    remedy: 'update-app',
  },
  'outbox/op-reused': {
    status: 422,
    title: 'This operation was applied before',
    remedy: 'give-up',
  },
  'outbox/sequence-lost': {
    title: 'Server and device disagree about what was sent',
    remedy: 'give-up',
  },
  'request/invalid': { status: 400, title: 'The request is not valid', remedy: 'fix-request' },
  'request/not-found': { status: 404, title: 'There is nothing here', remedy: 'fix-request' },
  'request/method-not-allowed': {
    status: 405,
    title: 'This method is not allowed here',
    remedy: 'fix-request',
  },
  'request/too-large': { status: 413, title: 'The request is too large', remedy: 'fix-request' },
  'server/overloaded': { status: 503, title: 'The server is busy', remedy: 'retry' },
  'server/unavailable': { status: 503, title: 'The server is not ready', remedy: 'retry' },
  'server/unexpected': { status: 500, title: 'Unexpected error', remedy: 'retry' },
  'server/unreachable': { title: 'The server cannot be reached', remedy: 'retry' },
  'server/unintelligible': { title: 'The server answered with something else', remedy: 'retry' },
  'shape/unknown': { status: 404, title: 'There is no such shape', remedy: 'fix-request' },
  'sos/closed': { status: 409, title: 'This alert has ended', remedy: 'fix-request' },
  'sos/no-alert': { status: 404, title: 'There is no such alert', remedy: 'fix-request' },
  'sos/not-released': {
    status: 403,
    title: 'The position is not released to this account',
    remedy: 'give-up',
  },
  'sos/storage-failed': {
    title: 'The alert could not be stored on this device',
    remedy: 'free-space',
  },
  'store/restored': {
    title: 'This store was restored or copied, and becomes a device of its own',
    remedy: 'retry',
  },
  'store/in-use': { title: 'The store is open elsewhere', remedy: 'retry' },
  'store/newer-format': {
    title: 'A newer version of the app wrote this store',
    remedy: 'update-app',
  },
  'store/handed-over': {
    title: 'Another tab has taken over; whether this was done is not known',
    remedy: 'retry',
  },
  'store/closed': { title: 'The store is closed', remedy: 'unlock' },
  'store/locked': { title: 'The store is locked', remedy: 'unlock' },
  'store/wrong-secret': { title: 'This does not open the store', remedy: 'unlock' },
  'store/attempts': { title: 'Too many attempts: the next one has to wait', remedy: 'unlock' },
  'store/weak-secret': { title: 'This secret is too easy to guess', remedy: 'fix-request' },
  'store/last-slot': {
    title: 'The last way to open the store cannot be removed',
    remedy: 'fix-request',
  },
  'store/too-many-slots': {
    title: 'The store has no room for another secret',
    remedy: 'fix-request',
  },
  'store/damaged': { title: 'The store is damaged', remedy: 'give-up' },
  'store/rolled-back': { title: 'The store is older than it was last time', remedy: 'give-up' },
  'store/read-only': { title: 'The store is open for reading only', remedy: 'give-up' },
  'store/full': { title: 'There is no room left on this device', remedy: 'free-space' },
  'store/failed': { title: 'The device failed while storing', remedy: 'unlock' },
  'store/not-permitted': {
    title: 'The app may not use the storage of this device',
    remedy: 'give-up',
  },
  'sync/history-withheld': {
    title: 'The server does not give out what another device has seen',
    remedy: 'give-up',
  },
  'vault/epoch-stale': { status: 409, title: 'The vault has a newer epoch', remedy: 'retry' },
  'vault/head-moved': { status: 409, title: 'The vault log has moved on', remedy: 'retry' },
  'vault/foreign': { status: 403, title: 'This belongs to another vault', remedy: 'give-up' },
  'vault/forked': { title: 'The server shows another history of this vault', remedy: 'give-up' },
  'vault/rolled-back': {
    title: 'The server shows a shorter history of this vault',
    remedy: 'give-up',
  },
  'vault/not-member': {
    status: 403,
    title: 'This device is not a member of the vault',
    remedy: 'give-up',
  },
  'vault/member-removed': {
    status: 403,
    title: 'This device was removed from the vault',
    remedy: 'give-up',
  },
  'vault/rank': {
    status: 403,
    title: 'Only the passphrase or the recovery words may do this',
    remedy: 'fix-request',
  },
  'vault/reset-pending': {
    status: 409,
    title: 'The new recovery words are not in force yet',
    remedy: 'fix-request',
  },
  'vault/erased': { status: 410, title: 'This vault was erased', remedy: 'give-up' },
  'vault/entry-refused': {
    status: 422,
    title: 'The log entry is not allowed here',
    remedy: 'fix-request',
  },
  'vault/log-unknown': { status: 409, title: 'The named log entry is not known', remedy: 'retry' },
  'vault/void': { title: 'The envelope lies above the cut of its epoch', remedy: 'give-up' },
  'wire/malformed': {
    status: 422,
    title: 'The bytes do not follow their layout',
    remedy: 'fix-request',
  },
} as const satisfies Readonly<Record<string, ProblemEntry>>
