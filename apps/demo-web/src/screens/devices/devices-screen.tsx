/** The account, the devices that share the diary, and how far sync is. */
import { useState } from 'react'
import { useValue } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Link } from '../../use-route.tsx'
import { BeginAgain } from '../ended/begin-again.tsx'
import { EraseAccount } from '../way-back/erase-account.tsx'
import { PhraseSteps } from '../way-back/phrase-steps.tsx'
import { PendingReset } from '../way-back/reset-section.tsx'
import { CreateAccount } from './create-account.tsx'
import { JoinVault } from './join-vault.tsx'
import { LinkDevice } from './link-device.tsx'
import { MemberList } from './member-list.tsx'
import { NewsSection } from './news-section.tsx'
import { SignIn } from './sign-in.tsx'
import { SyncSection } from './sync-section.tsx'
import { WarningSection } from './warning-section.tsx'

/** @param created Is told the recovery phrase, which is shown once. */
function WithoutAccount({ created }: { created(phrase: string): void }) {
  const { wayBack } = useText()
  return (
    <>
      <CreateAccount created={created} />
      <JoinVault />
      <Link to={{ name: 'recover' }} className="list-link card">
        <strong className="grow">{wayBack.recoverLink}</strong>
        <Icon name="next" />
      </Link>
    </>
  )
}

function WithAccount() {
  const { wayBack } = useText()
  return (
    <>
      <MemberList />
      <LinkDevice />
      <Link to={{ name: 'way-back' }} className="list-link card">
        <strong className="grow">{wayBack.title}</strong>
        <Icon name="next" />
      </Link>
      <EraseAccount />
    </>
  )
}

export function DevicesScreen() {
  const { app, devices } = useText()
  const account = useValue('account')
  const vault = useValue('vault')
  const [phrase, setPhrase] = useState<string>()
  const isEnded = vault?.ending !== undefined
  return (
    <Screen name="devices" title={devices.title}>
      {phrase !== undefined && <PhraseSteps phrase={phrase} done={() => setPhrase(undefined)} />}
      {!account && <p className="note">{app.loading}</p>}
      {!isEnded && (
        <>
          {account?.status === 'session-ended' && <SignIn />}
          <WarningSection />
          <NewsSection />
          <PendingReset />
        </>
      )}
      {account && <SyncSection />}
      {account?.status === 'none' && <WithoutAccount created={setPhrase} />}
      {vault?.ending && <BeginAgain ending={vault.ending} />}
      {account && account.status !== 'none' && (isEnded ? <MemberList /> : <WithAccount />)}
    </Screen>
  )
}
