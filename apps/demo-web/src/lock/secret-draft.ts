/** A secret that is being made up: what is typed, and what is missing of it. Pure. */
import type { Secret } from '@selene/client-sdk'
import type { Strings } from '../strings/en.ts'
import type { Way } from './usual-way.ts'

export interface SecretDraft {
  readonly typed: string
  readonly again: string
}

export const emptyDraft: SecretDraft = { typed: '', again: '' }

const leastPinLength = 4

type Texts = Pick<Strings['lock'], 'pinShort' | 'differs' | 'missing'>

export interface DraftFaults {
  readonly typed?: string
  readonly again?: string
}

/** What has to be mended before it can be made; whether it is hard to guess is for the SDK to say. */
export function draftFaults(
  kind: 'pin' | 'passphrase',
  { typed, again }: SecretDraft,
  texts: Texts,
): DraftFaults {
  if (typed === '') return { typed: texts.missing }
  if (kind === 'pin' && Array.from(typed).length < leastPinLength) return { typed: texts.pinShort }
  return typed === again ? {} : { again: texts.differs }
}

/** What she typed, as a secret. */
export function secretOf(way: Way, typed: string): Secret {
  if (way === 'pin') return { pin: typed }
  return way === 'passphrase' ? { passphrase: typed } : { recovery: typed }
}
