/** Getting the diary back on a new device. */
import { useState } from 'react'
import { useCalls, useValue } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Section } from '../../ui/section.tsx'
import { Link } from '../../use-route.tsx'
import { useWay } from './use-way.ts'
import { WayFields } from './way-fields.tsx'
import { WayForm } from './way-form.tsx'

export function RecoverScreen() {
  const { wayBack, app } = useText()
  const calls = useCalls()
  const announcer = useAnnouncer()
  const account = useValue('account')
  const isEnded = useValue('vault')?.ending !== undefined
  const way = useWay()
  const [isBack, setBack] = useState(false)

  async function recover(): Promise<void> {
    await calls.recover(way.secret)
    way.clear()
    setBack(true)
    announcer.polite(wayBack.recovered)
  }

  return (
    <Screen name="recover" title={wayBack.recoverTitle}>
      {!account && <p className="note">{app.loading}</p>}
      {account &&
        (account.status === 'none' ? (
          <Section title={wayBack.recover} lead={wayBack.recoverLead}>
            <WayForm
              submit={wayBack.recover}
              busyText={wayBack.recovering}
              isLacking={way.isLacking}
              work={recover}
            >
              {(tried) => <WayFields way={way} tried={tried} />}
            </WayForm>
          </Section>
        ) : (
          <p className={isBack ? 'note note-good note-action' : 'note note-action'}>
            {isBack ? wayBack.recovered : wayBack.recoverHas}
            <Link to={{ name: isEnded ? 'devices' : 'day' }} className="button">
              {isEnded ? wayBack.againTitle : wayBack.recoverOpen}
            </Link>
          </p>
        ))}
    </Screen>
  )
}
