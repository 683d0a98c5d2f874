/** The days as the rules judge them, with their reasons; shown only to whoever chose to see it. */
import type { SymptothermalEvaluation } from '@selene/client-sdk/calendar'
import { useWording } from '../../calendar/wording.ts'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { phaseTexts } from './evaluation-text.ts'

export function FertilitySection({ evaluation }: { evaluation: SymptothermalEvaluation }) {
  const wording = useWording()
  const { cycle } = wording.text
  return (
    <Section title={cycle.fertilityTitle} lead={cycle.fertilityLead}>
      <p className="note">
        <Icon name="warning" />
        <span>{cycle.notContraception}</span>
      </p>
      <ol className="phases">
        {phaseTexts(evaluation, wording).map(({ status, span, reasons }) => (
          <li key={span}>
            <strong>{span}</strong>
            <p>{status}</p>
            {reasons.map((reason) => (
              <p key={reason} className="small">
                {reason}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </Section>
  )
}
