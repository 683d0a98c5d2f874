/** What the server refused, in German. */
import type { Strings } from '../en.ts'

export const aside: Strings['aside'] = {
  title: 'Abgelehnte Änderungen',
  lead: 'Der Server hat diese nicht angenommen. Im Tagebuch auf diesem Gerät sind sie da, deine anderen Geräte haben sie noch nicht. Es geschieht nichts damit, bis du entscheidest.',
  none: 'Es gibt keine: Der Server hat alles angenommen, was gesendet wurde.',
  days: 'Was darin steht',
  cleared: 'Etwas wurde entfernt',
  documents: {
    profile: 'Was für deine Zyklen gilt, und Erinnerungen',
    settings: 'Einstellungen',
    contacts: 'Die Menschen, denen du vertraust',
    grants: 'Was du teilst',
    other: 'Ein anderer Teil des Tagebuchs',
    none: 'Etwas zu deinem Konto oder seinen Geräten',
  },
  retry: 'Noch einmal senden',
  retryLabel: (when) => `Noch einmal senden: Änderung von ${when}`,
  retried: 'Sie wartet darauf, noch einmal gesendet zu werden.',
  giveUp: 'Aufgeben',
  giveUpLabel: (when) => `Aufgeben: Änderung von ${when}`,
  giveUpTitle: 'Diese Änderung aufgeben?',
  giveUpText:
    'Sie wird nicht mehr gesendet und verlässt diese Liste. Was darin steht, bleibt im Tagebuch auf diesem Gerät; deine anderen Geräte bekommen es vielleicht viel später oder nie, und spätere Änderungen derselben Felder warten dort vielleicht darauf. Wenn du es dort noch brauchst, exportiere es zuerst.',
  gaveUp: 'Sie ist aufgegeben.',
  exporting: 'Eine Kopie behalten',
  exportHint:
    'Eine Datei im Klartext: Wer sie bekommt, kann sie lesen. Schlüssel sind nicht darin.',
  exportMake: 'Diese Änderungen exportieren',
  file: 'notizen-abgelehnt.json',
}
