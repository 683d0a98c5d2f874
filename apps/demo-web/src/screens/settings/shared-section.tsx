/** What is the same on all her devices, with where and when she chose it last. */
import type { SettingEdit } from '@selene/client-sdk'
import { useEffect, useState } from 'react'
import { useCalls, useValue } from '../../backend/use-backend.tsx'
import { useNow } from '../../calendar/today.ts'
import { languages, useLanguage, useText } from '../../strings/language.tsx'
import { momentText } from '../../strings/moment.ts'
import { Section } from '../../ui/section.tsx'
import { choiceWords } from './choice-words.ts'

/** Read anew whenever something is chosen, here or elsewhere. */
function useChosen(): readonly SettingEdit[] {
  const calls = useCalls()
  const settings = useValue('settings')
  const profile = useValue('profile')
  const [chosen, setChosen] = useState<readonly SettingEdit[]>([])
  useEffect(() => {
    if (!settings || !profile) return
    let isGone = false
    async function read(): Promise<void> {
      const edits = await calls.chosen()
      if (!isGone) setChosen(edits)
    }
    // What cannot be read is not shown; the settings themselves stand above.
    read().catch(() => {})
    return () => {
      isGone = true
    }
  }, [calls, settings, profile])
  return chosen
}

function ChosenLine({ edit }: { edit: SettingEdit }) {
  const { text, locale } = useLanguage()
  const { settings } = text
  const now = useNow()
  const words = choiceWords(edit, text, languages)
  if (!words) return null
  const { kind, label } = edit.by
  const where =
    kind === 'device'
      ? settings.chosenOn(label ?? text.devices.unknownDevice)
      : settings.chosenBy[kind]
  return (
    <li>
      <span className="grow">
        {words.name}: <strong>{words.value}</strong>
        <small>
          {where}
          {kind !== 'import' && `, ${momentText(edit.at, locale, now)}`}
        </small>
      </span>
    </li>
  )
}

export function SharedSection() {
  const { settings } = useText()
  const chosen = useChosen()
  return (
    <Section title={settings.sharedTitle} lead={settings.sharedLead} tone="quiet">
      {chosen.length > 0 && (
        <details className="help">
          <summary>{settings.sharedList}</summary>
          <ul className="people">
            {chosen.map((edit) => (
              <ChosenLine key={edit.name} edit={edit} />
            ))}
          </ul>
        </details>
      )}
    </Section>
  )
}
