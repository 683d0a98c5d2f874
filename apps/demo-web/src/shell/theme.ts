/** Light or dark as she chose it, else as the device has it; remembered here for the time before the diary is open. */
import type { Settings } from '@selene/client-sdk'

const storageKey = 'notes.theme'
type Theme = Settings['theme']

/** @param theme Absent: as the device has it. */
export function showTheme(theme: Theme): void {
  if (theme) {
    document.documentElement.dataset['theme'] = theme
    localStorage.setItem(storageKey, theme)
  } else {
    delete document.documentElement.dataset['theme']
    localStorage.removeItem(storageKey)
  }
}

/** What held when the app was open last. */
export function showLastTheme(): void {
  const last = localStorage.getItem(storageKey)
  if (last === 'light' || last === 'dark') document.documentElement.dataset['theme'] = last
}
