/** The way back when devices are lost: tried out, replaced, begun anew. */
import { useValue } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Link } from '../../use-route.tsx'
import { PassphraseSection } from './passphrase-section.tsx'
import { PhraseSection } from './phrase-section.tsx'
import { RehearsalSection } from './rehearsal-section.tsx'
import { PendingReset, ResetSection } from './reset-section.tsx'

export function WayBackScreen() {
  const { wayBack, devices, app, problems } = useText()
  const account = useValue('account')
  return (
    <Screen name="way-back" title={wayBack.title}>
      <p className="lead">{wayBack.lead}</p>
      {!account && <p className="note">{app.loading}</p>}
      {account?.status === 'none' && (
        <p className="note note-action">
          {problems['account/none']}
          <Link to={{ name: 'devices' }} className="button">
            {devices.title}
          </Link>
        </p>
      )}
      {account && account.status !== 'none' && (
        <>
          <PendingReset />
          <RehearsalSection />
          <PassphraseSection />
          <PhraseSection />
          <ResetSection />
        </>
      )}
    </Screen>
  )
}
