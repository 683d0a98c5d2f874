/** The way back as she types it: the 24 words, or name and passphrase. */
import type { RecoverySecret } from '@selene/client-sdk'
import { useState } from 'react'

export const wayKinds = ['phrase', 'passphrase'] as const
export type WayKind = (typeof wayKinds)[number]

export interface WayDraft {
  readonly kind: WayKind
  choose(kind: WayKind): void
  readonly phrase: string
  typePhrase(typed: string): void
  readonly identifier: string
  typeIdentifier(typed: string): void
  readonly passphrase: string
  typePassphrase(typed: string): void
  readonly isLacking: boolean
  readonly secret: RecoverySecret
  /** Nothing secret stays in the page. */
  clear(): void
}

export function useWay(): WayDraft {
  const [kind, setKind] = useState<WayKind>('phrase')
  const [phrase, typePhrase] = useState('')
  const [identifier, typeIdentifier] = useState('')
  const [passphrase, typePassphrase] = useState('')
  return {
    kind,
    choose: setKind,
    phrase,
    typePhrase,
    identifier,
    typeIdentifier,
    passphrase,
    typePassphrase,
    isLacking:
      kind === 'phrase' ? phrase.trim() === '' : identifier.trim() === '' || passphrase === '',
    secret: kind === 'phrase' ? { phrase } : { identifier: identifier.trim(), passphrase },
    clear() {
      typePhrase('')
      typePassphrase('')
    },
  }
}
