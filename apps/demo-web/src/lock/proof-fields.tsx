/** Where a secret of hers is typed again; nothing where the diary has no lock. */
import { useText } from '../strings/language.tsx'
import { SecretField } from './secret-field.tsx'
import type { ProofDraft } from './use-proof.ts'

interface ProofFieldsProps {
  readonly legend: string
  readonly proof: ProofDraft
  /** She has tried without it. */
  readonly tried: boolean
}

export function ProofFields({ legend, proof, tried }: ProofFieldsProps) {
  const { lock } = useText()
  if (proof.ways.length === 0) return null
  return (
    <fieldset className="fields">
      <legend>{legend}</legend>
      <SecretField
        legend={lock.proofKind}
        ways={proof.ways}
        way={proof.way}
        choose={proof.choose}
        typed={proof.typed}
        type={proof.type}
        fault={tried && proof.isLacking ? lock.missing : undefined}
      />
    </fieldset>
  )
}
