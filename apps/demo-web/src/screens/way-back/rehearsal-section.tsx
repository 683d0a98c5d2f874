/** Trying the way back out, with nothing changed. */
import { useCalls } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { Section } from '../../ui/section.tsx'
import { useWay } from './use-way.ts'
import { WayFields } from './way-fields.tsx'
import { WayForm } from './way-form.tsx'

export function RehearsalSection() {
  const { wayBack } = useText()
  const calls = useCalls()
  const way = useWay()
  return (
    <Section title={wayBack.rehearseTitle} lead={wayBack.rehearseLead}>
      <WayForm
        submit={wayBack.rehearse}
        done={wayBack.rehearsed}
        isLacking={way.isLacking}
        work={async () => {
          await calls.rehearse(way.secret)
          way.clear()
        }}
      >
        {(tried) => <WayFields way={way} tried={tried} />}
      </WayForm>
    </Section>
  )
}
