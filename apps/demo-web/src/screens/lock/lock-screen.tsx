/** What opens the diary, when it locks by itself, and the file on this device. */
import { useState } from 'react'
import { useValue } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Section } from '../../ui/section.tsx'
import { AutoSection } from './auto-section.tsx'
import { EraseButton } from './erase-button.tsx'
import { RecoveryWords } from './recovery-words.tsx'
import { SecretsSection } from './secrets-section.tsx'
import { StorageSection } from './storage-section.tsx'

export function LockScreen() {
  const { lock } = useText()
  const opening = useValue('opening')
  const [words, setWords] = useState<string>()
  if (opening?.state !== 'open') return null
  return (
    <Screen name="lock" title={lock.title}>
      {words !== undefined && <RecoveryWords words={words} written={() => setWords(undefined)} />}
      <SecretsSection showWords={setWords} />
      {opening.hasLock && <AutoSection />}
      <StorageSection />
      <Section title={lock.erase.title} lead={lock.erase.text}>
        <EraseButton />
      </Section>
    </Screen>
  )
}
