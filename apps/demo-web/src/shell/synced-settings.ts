/** What she chose on any of her devices holds here too, as soon as it is known. */
import { useEffect } from 'react'
import { useValue } from '../backend/use-backend.tsx'
import { isLanguage, useLanguage } from '../strings/language.tsx'
import { showTheme } from './theme.ts'

export function useSyncedSettings(): void {
  const settings = useValue('settings')
  const { choose } = useLanguage()
  const isKnown = settings !== undefined
  const theme = settings?.theme
  const language = settings?.language

  useEffect(() => {
    if (isKnown) showTheme(theme)
  }, [isKnown, theme])

  useEffect(() => {
    // One that this app does not speak says nothing here.
    if (isLanguage(language)) choose(language)
    // Only a new choice counts: she may choose another one here meanwhile.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [language])
}
