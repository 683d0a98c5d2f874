/** Everything that is here of her in a readable file, for herself. It holds more than any other file, so it asks for more. */
import { useCalls } from '../../backend/use-backend.tsx'
import { ProofFields } from '../../lock/proof-fields.tsx'
import { useProof } from '../../lock/use-proof.ts'
import { useText } from '../../strings/language.tsx'
import { download } from '../../ui/download.ts'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { WayForm } from '../way-back/way-form.tsx'

export function EverythingSection() {
  const { exporting, devices } = useText()
  const calls = useCalls()
  const proof = useProof()

  async function make(): Promise<void> {
    download(await calls.exportEverything(proof.secret), exporting.everythingFile)
    proof.clear()
  }

  return (
    <Section title={exporting.everything} lead={exporting.everythingLead}>
      <p className="note">
        <Icon name="warning" />
        <span>{exporting.everythingWarning}</span>
      </p>
      <WayForm
        submit={exporting.everythingMake}
        busyText={exporting.making}
        done={exporting.made}
        isLacking={proof.isLacking}
        work={make}
      >
        {(tried) => <ProofFields legend={devices.proof} proof={proof} tried={tried} />}
      </WayForm>
    </Section>
  )
}
