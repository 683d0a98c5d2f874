/** Everything she wrote as one sealed file. Whoever finds the app open cannot make one: a secret of hers is asked for. */
import { useState } from 'react'
import { useCalls, useValue } from '../../backend/use-backend.tsx'
import { useToday } from '../../calendar/today.ts'
import { NewSecretFields } from '../../lock/new-secret-fields.tsx'
import { ProofFields } from '../../lock/proof-fields.tsx'
import { draftFaults } from '../../lock/secret-draft.ts'
import { useProof } from '../../lock/use-proof.ts'
import { useText } from '../../strings/language.tsx'
import { ChoiceChips } from '../../ui/chips.tsx'
import { download } from '../../ui/download.ts'
import { optionsOf } from '../../ui/options-of.ts'
import { Screen } from '../../ui/screen.tsx'
import { Section } from '../../ui/section.tsx'
import { WayForm } from '../way-back/way-form.tsx'
import { useFileSecret, type FileSecretDraft } from './use-file-secret.ts'
import { WordsField } from '../way-back/words-field.tsx'

function NewFileSecret({ opens, tried }: { opens: FileSecretDraft; tried: boolean }) {
  const { backups, lock } = useText()
  const account = useValue('account')
  return (
    <fieldset className="fields">
      <legend>{backups.secretTitle}</legend>
      {/* Without an account there are no words but those of this device, which would be lost with it. */}
      {account && account.status !== 'none' && (
        <ChoiceChips
          legend={backups.way}
          options={optionsOf(backups.makeWays)}
          value={opens.kind}
          choose={opens.choose}
        />
      )}
      {opens.kind === 'phrase' ? (
        <WordsField draft={opens} tried={tried} />
      ) : (
        <>
          <p className="hint">{backups.passphraseHint}</p>
          <NewSecretFields
            kind="passphrase"
            isBeside
            draft={opens.passphrase}
            set={opens.typePassphrase}
            faults={tried ? draftFaults('passphrase', opens.passphrase, lock) : {}}
          />
        </>
      )}
    </fieldset>
  )
}

export function BackupScreen() {
  const { backups, devices, lock } = useText()
  const calls = useCalls()
  const today = useToday()
  const proof = useProof()
  const opens = useFileSecret()
  const [madeBy, setMadeBy] = useState(opens.kind)
  const isSecretLacking =
    opens.kind === 'phrase'
      ? opens.phrase.trim() === ''
      : Object.keys(draftFaults('passphrase', opens.passphrase, lock)).length > 0

  async function make(): Promise<void> {
    setMadeBy(opens.kind)
    download(await calls.makeBackup(proof.secret, opens.secret), backups.fileName(today))
    proof.clear()
    opens.clear()
  }

  return (
    <Screen name="backup" title={backups.title}>
      <p className="lead">{backups.lead}</p>
      <p className="hint">{backups.notInside}</p>
      <Section title={backups.make}>
        <WayForm
          submit={backups.make}
          busyText={backups.making}
          done={madeBy === 'phrase' ? backups.madeByWords : backups.made}
          isLacking={proof.isLacking || isSecretLacking}
          work={make}
        >
          {(tried) => (
            <>
              <ProofFields legend={devices.proof} proof={proof} tried={tried} />
              <NewFileSecret opens={opens} tried={tried} />
            </>
          )}
        </WayForm>
      </Section>
    </Screen>
  )
}
