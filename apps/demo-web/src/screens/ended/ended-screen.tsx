/** The vault has ended for this device: she says what becomes of the diary here. Nothing was wiped. */
import type { Ending } from '@selene/client-sdk'
import { useText } from '../../strings/language.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Section } from '../../ui/section.tsx'
import { Link } from '../../use-route.tsx'
import { BeginAgain } from './begin-again.tsx'
import { EraseButton } from '../lock/erase-button.tsx'
import { keep } from './kept.ts'

export function EndedScreen({ ending }: { ending: Ending }) {
  const { wayBack } = useText()
  return (
    <Screen name="ended" title={wayBack.endedTitle[ending]}>
      <p className="lead">{wayBack.ended[ending]}</p>
      <p>{wayBack.endedNotYou[ending]}</p>
      <Section title={wayBack.endedAsk}>
        <div className="row">
          <button type="button" className="button button-main" onClick={keep}>
            {wayBack.endedKeep}
          </button>
          <Link to={{ name: 'export' }} className="button">
            {wayBack.endedExport}
          </Link>
          <EraseButton />
        </div>
      </Section>
      <BeginAgain ending={ending} />
    </Screen>
  )
}
