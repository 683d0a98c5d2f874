/** Names that texts are written for, taken from the SDK so that a language cannot miss one. */
import type { fields, FieldName } from '@selene/client-sdk/calendar'
import type { ProblemCode } from '@selene/client-sdk'

type NameOfKind<K extends string> = {
  [F in FieldName]: (typeof fields)[F]['kind'] extends K ? F : never
}[FieldName]

/** Fields that are on or off; whether a cycle begins is worked out where she does not say it. */
export type FlagField = Exclude<NameOfKind<'flag'>, 'cycle.start'>
/** Fields with a few numbered answers; the quality of mucus follows from the other two. */
export type ChoiceField = Exclude<NameOfKind<'integer'>, 'mucus.value'>
export type TextField = NameOfKind<'text'>
/** Fields with a measured number. */
export type MeasureField = NameOfKind<'decimal'>
/** Fields with words of her own. */
export type WordsField = NameOfKind<'tags'>

/** Problems with words of their own; others are said by what can be done about them. */
export type ExplainedProblem = Extract<
  ProblemCode,
  | 'account/identifier-taken'
  | 'account/exists'
  | 'account/none'
  | 'auth/refused'
  | 'auth/phrase-unreadable'
  | 'auth/weak-parameters'
  | 'auth/session-ended'
  | 'backup/unreadable'
  | 'backup/wrong-secret'
  | 'backup/damaged'
  | 'backup/cut'
  | 'backup/newer-format'
  | 'contact/invite-unknown'
  | 'contact/own-invite'
  | 'contact/unverified'
  | 'diary/invalid-day'
  | 'diary/invalid-episode'
  | 'diary/invalid-profile'
  | 'diary/invalid-reminder'
  | 'doc/too-large'
  | 'import/unreadable'
  | 'import/too-large'
  | 'link/expired'
  | 'link/failed'
  | 'request/invalid'
  | 'server/unreachable'
  | 'server/overloaded'
  | 'sos/closed'
  | 'sos/no-alert'
  | 'sos/not-released'
  | 'sos/storage-failed'
  | 'store/in-use'
  | 'store/newer-format'
  | 'vault/forked'
  | 'vault/rolled-back'
  | 'vault/not-member'
  | 'vault/member-removed'
  | 'vault/erased'
  | 'vault/foreign'
  | 'vault/head-moved'
  | 'vault/rank'
  | 'vault/reset-pending'
  | 'vault/void'
  | 'doc/newer-schema'
  | 'doc/snapshot-bad'
  | 'doc/unreadable'
  | 'crypto/damaged'
  | 'crypto/wrong-key'
  | 'crypto/bad-signature'
>

/** What can happen to the diary on this device; its words stand with those of the lock. */
export type LockProblem = Extract<
  ProblemCode,
  | 'store/locked'
  | 'store/wrong-secret'
  | 'store/attempts'
  | 'store/weak-secret'
  | 'store/last-slot'
  | 'store/too-many-slots'
  | 'store/damaged'
  | 'store/rolled-back'
  | 'store/read-only'
  | 'store/full'
  | 'store/failed'
  | 'store/not-permitted'
  | 'store/handed-over'
>
