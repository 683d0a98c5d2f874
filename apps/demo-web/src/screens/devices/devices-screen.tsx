/** The account, the devices that share the diary, and how far sync is. */
import { useState } from 'react'
import { useValue } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { Screen } from '../../ui/screen.tsx'
import { CreateAccount } from './create-account.tsx'
import { JoinVault } from './join-vault.tsx'
import { LinkDevice } from './link-device.tsx'
import { MemberList } from './member-list.tsx'
import { RecoveryPhrase } from './recovery-phrase.tsx'
import { SignIn } from './sign-in.tsx'
import { SyncSection } from './sync-section.tsx'

export function DevicesScreen() {
  const { app, devices } = useText()
  const account = useValue('account')
  const [phrase, setPhrase] = useState<string>()
  return (
    <Screen name="devices" title={devices.title}>
      {phrase !== undefined && (
        <RecoveryPhrase phrase={phrase} written={() => setPhrase(undefined)} />
      )}
      {!account && <p className="note">{app.loading}</p>}
      {account?.status === 'session-ended' && <SignIn />}
      {account && <SyncSection />}
      {account?.status === 'none' && (
        <>
          <CreateAccount created={setPhrase} />
          <JoinVault />
        </>
      )}
      {account && account.status !== 'none' && (
        <>
          <LinkDevice />
          <MemberList />
        </>
      )}
    </Screen>
  )
}
