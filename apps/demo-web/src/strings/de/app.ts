/** What surrounds every screen, in German. */
import type { Strings } from '../en.ts'

export const app: Strings['app'] = {
  brand: 'Selene',
  navigation: 'Hauptmenü',
  skip: 'Zum Inhalt springen',
  today: 'Heute',
  month: 'Monat',
  sos: 'SOS',
  people: 'Menschen',
  settings: 'Optionen',
  devices: 'Konto und Geräte',
  leave: 'Verlassen',
  leaveLabel: 'Diese Seite sofort verlassen',
  opening: 'Wird geöffnet …',
  openingLong: 'Dein Tagebuch wird geöffnet. Beim ersten Mal dauert das einige Sekunden.',
  loading: 'Wird geladen …',
  save: 'Speichern',
  cancel: 'Abbrechen',
  change: 'Ändern',
  clear: 'Leeren',
  remove: 'Entfernen',
  tomorrow: 'Morgen',
  close: 'Schließen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  share: 'Teilen',
  tryAgain: 'Noch einmal versuchen',
  updateReady: 'Eine neue Version ist da.',
  updateTaken:
    'Die App wurde in einem anderen Tab aktualisiert. Lade diesen neu, wenn du fertig bist.',
  updateNow: 'Neu laden und aktualisieren',
  inUseTitle: 'Dein Tagebuch ist in einem anderen Tab offen',
  inUse:
    'Dort läuft eine andere Version der App. Schließe die anderen Tabs und versuche es dann noch einmal.',
  openFailedTitle: 'Dein Tagebuch ließ sich nicht öffnen',
  openFailed: 'Nichts wurde geändert. Was auf diesem Gerät gespeichert ist, ist noch da.',
  inDanger: 'In Gefahr?',
  emergency: 'Das ist kein Notrufdienst. Wähle selbst 112 oder 911, sobald du kannst.',
  call: '112 anrufen',
}

export const ages: Strings['ages'] = { now: 'gerade eben' }
