/** Putting a backup back: what is in it is added to the diary here. */
import { useState } from 'react'
import { useCalls } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { ChoiceChips } from '../../ui/chips.tsx'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { optionsOf } from '../../ui/options-of.ts'
import { Screen } from '../../ui/screen.tsx'
import { Section } from '../../ui/section.tsx'
import { Link } from '../../use-route.tsx'
import { WayForm } from '../way-back/way-form.tsx'
import { useFileSecret, type FileSecretDraft } from './use-file-secret.ts'
import { WordsField } from '../way-back/words-field.tsx'

function FileSecret({ opens, tried }: { opens: FileSecretDraft; tried: boolean }) {
  const { backups, wayBack } = useText()
  const { passphrase } = opens
  return (
    <>
      <ChoiceChips
        legend={backups.secretTitle}
        options={optionsOf(backups.ways)}
        value={opens.kind}
        choose={opens.choose}
      />
      {opens.kind === 'phrase' ? (
        <WordsField draft={opens} tried={tried} />
      ) : (
        <Field
          label={backups.passphrase}
          fault={tried && passphrase.typed === '' ? wayBack.missing : undefined}
          type="password"
          autoComplete="off"
          value={passphrase.typed}
          onChange={(event) => opens.typePassphrase({ ...passphrase, typed: event.target.value })}
        />
      )}
    </>
  )
}

interface RestoreFormProps {
  done(changed: number): void
}

function RestoreForm({ done }: RestoreFormProps) {
  const { backups, wayBack } = useText()
  const calls = useCalls()
  const opens = useFileSecret()
  const [file, setFile] = useState<File>()
  const typed = opens.kind === 'phrase' ? opens.phrase.trim() : opens.passphrase.typed

  async function restore(): Promise<void> {
    if (!file) return
    const { changed } = await calls.restoreBackup(file, opens.secret)
    opens.clear()
    done(changed)
  }

  return (
    <WayForm
      submit={backups.restore}
      busyText={backups.restoring}
      isLacking={!file || typed === ''}
      work={restore}
    >
      {(tried) => (
        <div className="fields">
          <Field
            type="file"
            label={backups.file}
            fault={tried && !file ? wayBack.missing : undefined}
            // The same file may be chosen again, after it was copied once more.
            onClick={(event) => {
              event.currentTarget.value = ''
              setFile(undefined)
            }}
            onChange={(event) => setFile(event.target.files?.[0])}
          />
          <FileSecret opens={opens} tried={tried} />
        </div>
      )}
    </WayForm>
  )
}

export function RestoreScreen() {
  const { backups } = useText()
  const announcer = useAnnouncer()
  const [changed, setChanged] = useState<number>()
  return (
    <Screen name="restore" title={backups.restoreTitle}>
      <p className="lead">{backups.restoreLead}</p>
      {changed === undefined ? (
        <Section title={backups.restore}>
          <RestoreForm
            done={(count) => {
              setChanged(count)
              announcer.polite(backups.restored(count))
            }}
          />
        </Section>
      ) : (
        <Section title={backups.restoreTitle} arrives>
          <p className="note note-good">
            <Icon name="check" />
            {backups.restored(changed)}
          </p>
          <Link to={{ name: 'month' }} className="button button-main">
            {backups.toMonth}
          </Link>
        </Section>
      )}
    </Screen>
  )
}
