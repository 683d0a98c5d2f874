/** One change of what opens the diary. Each asks for a secret that opens it, once more. */
import type { NewSecret, Secret, SlotInfo } from '@selene/client-sdk'
import { useState } from 'react'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { NewSecretFields } from '../../lock/new-secret-fields.tsx'
import { ProofFields } from '../../lock/proof-fields.tsx'
import { draftFaults, emptyDraft } from '../../lock/secret-draft.ts'
import { useProof } from '../../lock/use-proof.ts'
import { rememberWay, ways, type Way } from '../../lock/usual-way.ts'
import { useText } from '../../strings/language.tsx'
import { ChoiceChips } from '../../ui/chips.tsx'
import { EntryForm } from '../../ui/entry-form.tsx'

export type SecretEdit =
  /** In the place of having no lock. */
  | { readonly what: 'set'; readonly slot: SlotInfo }
  | { readonly what: 'add' }
  | { readonly what: 'change'; readonly slot: SlotInfo }
  | { readonly what: 'remove'; readonly slot: SlotInfo }

interface SecretFormProps {
  readonly edit: SecretEdit
  /** @param words New recovery words, shown once. */
  done(words: string | undefined): void
  cancel(): void
}

/** What a new secret may be. */
function kindsFor(edit: SecretEdit): readonly Way[] {
  if (edit.what === 'set') return ['pin', 'passphrase']
  if (edit.what === 'add') return ways
  return edit.slot.kind === 'platform' || edit.what === 'remove' ? [] : [edit.slot.kind]
}

export function SecretForm({ edit, done, cancel }: SecretFormProps) {
  const { lock } = useText()
  const calls = useCalls()
  const { run, busy, fault } = useAction()
  const kinds = kindsFor(edit)
  const proof = useProof()
  const [kind, setKind] = useState<Way | undefined>(kinds[0])
  const [draft, setDraft] = useState(emptyDraft)
  const [tried, setTried] = useState(false)
  const needsProof = edit.what !== 'set'
  const isTyped = kind === 'pin' || kind === 'passphrase'
  const faults = isTyped ? draftFaults(kind, draft, lock) : {}

  async function change(): Promise<void> {
    const by: Secret = proof.secret ?? { platform: true }
    if (edit.what === 'remove') {
      await calls.removeSecret(by, edit.slot.id)
      return done(undefined)
    }
    const made: NewSecret = isTyped
      ? kind === 'pin'
        ? { pin: draft.typed }
        : { passphrase: draft.typed }
      : { recovery: true }
    const added = await (edit.what === 'add'
      ? calls.addSecret(by, made)
      : calls.changeSecret(by, edit.slot.id, made))
    if (isTyped && edit.what === 'set') rememberWay(kind)
    done(added.recoveryPhrase)
  }

  function save(): boolean {
    setTried(true)
    if (proof.isLacking || Object.keys(faults).length > 0) return false
    void run(change)
    return true
  }

  return (
    <EntryForm busy={busy} fault={fault} save={save} cancel={cancel}>
      {edit.what === 'remove' && <p>{lock.removeText}</p>}
      <ProofFields legend={lock.proof} proof={proof} tried={tried} />
      {kinds.length > 1 && kind && (
        <ChoiceChips
          legend={lock.kind}
          options={kinds.map((value) => ({ value, label: lock.kinds[value] }))}
          value={kind}
          choose={(next) => {
            setKind(next)
            setDraft(emptyDraft)
            setTried(false)
          }}
        />
      )}
      {isTyped && (
        <NewSecretFields
          kind={kind}
          isBeside={needsProof}
          draft={draft}
          set={setDraft}
          faults={tried ? faults : {}}
        />
      )}
    </EntryForm>
  )
}
