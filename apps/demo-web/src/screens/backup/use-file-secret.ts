/** What opens a backup as she types it: a passphrase of its own, or the 24 words of her account. */
import type { BackupSecret } from '@selene/client-sdk'
import { useState } from 'react'
import { emptyDraft, type SecretDraft } from '../../lock/secret-draft.ts'

export type FileSecretKind = 'passphrase' | 'phrase'

export interface FileSecretDraft {
  readonly kind: FileSecretKind
  choose(kind: FileSecretKind): void
  /** Typed a second time only where the passphrase is new. */
  readonly passphrase: SecretDraft
  typePassphrase(draft: SecretDraft): void
  readonly phrase: string
  typePhrase(typed: string): void
  readonly secret: BackupSecret
  /** Nothing secret stays in the page. */
  clear(): void
}

export function useFileSecret(): FileSecretDraft {
  const [kind, choose] = useState<FileSecretKind>('passphrase')
  const [passphrase, typePassphrase] = useState(emptyDraft)
  const [phrase, typePhrase] = useState('')
  return {
    kind,
    choose,
    passphrase,
    typePassphrase,
    phrase,
    typePhrase,
    secret: kind === 'phrase' ? { phrase } : { passphrase: passphrase.typed },
    clear() {
      typePassphrase(emptyDraft)
      typePhrase('')
    },
  }
}
