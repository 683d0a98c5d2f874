/** The secrets that open the diary: the list, and what can be changed about it. */
import type { SlotInfo } from '@selene/client-sdk'
import { useState } from 'react'
import { useValue } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Section } from '../../ui/section.tsx'
import { SecretForm, type SecretEdit } from './secret-form.tsx'

function titleOf(edit: SecretEdit | undefined, { lock }: ReturnType<typeof useText>): string {
  if (!edit) return ''
  if (edit.what === 'set') return lock.set
  if (edit.what === 'add') return lock.addTitle
  const kind = lock.kinds[edit.slot.kind]
  return edit.what === 'change' ? lock.changeTitle(kind) : lock.removeTitle(kind)
}

function SecretLine({ slot, ask }: { slot: SlotInfo; ask(edit: SecretEdit): void }) {
  const { lock, app } = useText()
  const kind = lock.kinds[slot.kind]
  return (
    <li className="row secret">
      <span className="grow">
        <strong>{kind}</strong>
        <small>{lock.kindHints[slot.kind]}</small>
      </span>
      <button
        type="button"
        className="button"
        aria-label={lock.changeLabel(kind)}
        onClick={() => ask({ what: 'change', slot })}
      >
        {app.change}
      </button>
      <button
        type="button"
        className="button"
        aria-label={lock.removeLabel(kind)}
        onClick={() => ask({ what: 'remove', slot })}
      >
        {app.remove}
      </button>
    </li>
  )
}

/** @param showWords Shows new recovery words, this once. */
export function SecretsSection({ showWords }: { showWords(words: string): void }) {
  const text = useText()
  const { lock } = text
  const announcer = useAnnouncer()
  const secrets = useValue('secrets') ?? []
  const [edit, setEdit] = useState<SecretEdit>()
  const [open] = secrets.filter(({ kind }) => kind === 'platform')

  function done(words: string | undefined): void {
    setEdit(undefined)
    announcer.polite(lock.made)
    if (words !== undefined) showWords(words)
  }

  return (
    <Section title={lock.secretsTitle}>
      {open ? (
        <>
          <p>{lock.noLock}</p>
          <button
            type="button"
            className="button button-main"
            onClick={() => setEdit({ what: 'set', slot: open })}
          >
            {lock.set}
          </button>
        </>
      ) : (
        <>
          <ul className="list secrets">
            {secrets.map((slot) => (
              <SecretLine key={slot.id} slot={slot} ask={setEdit} />
            ))}
          </ul>
          <button type="button" className="button" onClick={() => setEdit({ what: 'add' })}>
            {lock.add}
          </button>
        </>
      )}
      <Dialog
        open={edit !== undefined}
        title={titleOf(edit, text)}
        close={() => setEdit(undefined)}
      >
        {edit && <SecretForm edit={edit} done={done} cancel={() => setEdit(undefined)} />}
      </Dialog>
    </Section>
  )
}
