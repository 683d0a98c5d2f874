/** One day and what is asked of it, with the greeting above the first, in German. */
import type { Strings } from '../en.ts'

export const welcome: Strings['welcome'] = {
  title: 'Willkommen',
  lines: [
    'Schreib auf, wie es dir geht; es bleibt auf diesem Gerät und braucht kein Netz.',
    'Du brauchst kein Konto. Mit einem teilen deine eigenen Geräte das Tagebuch, und der Server kann es nicht lesen.',
    'Unter SOS rufst du Menschen, denen du vertraust; füge sie vorher unter Menschen hinzu.',
  ],
  dismiss: 'Verstanden',
}

export const day: Strings['day'] = {
  title: (date) => date,
  previous: 'Vorheriger Tag',
  next: 'Nächster Tag',
  pick: 'Tag wählen',
  backToToday: 'Zurück zu heute',
  future: 'Dieser Tag kommt erst noch.',
  saved: 'Auf diesem Gerät gespeichert',
  notSaved: 'Nicht gespeichert',
  undo: 'Letzte Änderung zurücknehmen',
  undone: (date) => `Die letzte Änderung vom ${date} ist zurückgenommen.`,
  undonePartly: (date) =>
    `Die letzte Änderung vom ${date} ist zurückgenommen, bis auf das, was ein anderes Gerät seitdem geändert hat.`,
  undoChanged: (date) =>
    `Ein anderes Gerät hat den ${date} seitdem geändert. Was es geschrieben hat, bleibt.`,
  undoNothing: 'Es gibt nichts mehr zurückzunehmen.',
  bleeding: 'Blutung',
  notLogged: 'Nicht notiert',
  noBleeding: 'Keine',
  pain: 'Schmerzen',
  mood: 'Stimmung',
  temperature: 'Temperatur',
  measureFault: (min, max) => `Gib eine Zahl von ${min} bis ${max} ein.`,
  measureOdd: (min, max, unit) =>
    `Gespeichert. Meist liegt der Wert zwischen ${min} und ${max} ${unit}; sieh nach, ob das stimmt.`,
  time: 'Uhrzeit der Messung',
  clearTime: 'Uhrzeit leeren',
  mucus: 'Zervixschleim',
  feeling: 'Gefühl',
  texture: 'Aussehen',
  note: 'Notiz',
  noteHint: 'Was du dir merken möchtest',
  textFault: (max) => `Höchstens ${max} Zeichen.`,
  importedNote: 'Notiz aus einer importierten Datei',
  removeImportedNote: 'Importierte Notiz entfernen',
  more: 'Mehr notieren',
  holds: 'etwas ist notiert',
  symptoms: 'Beschwerden und Medikamente',
  sleep: 'Schlaf und Gewicht',
  tests: 'Tests',
  cycle: 'Zyklus und Auswertung',
  contradiction: (none) =>
    `Gespeichert. „${none}“ ist zusammen mit etwas anderem gewählt; sieh nach, ob das stimmt.`,
  addWord: 'Hinzufügen',
  wordFault: (max) => `Höchstens ${max} Zeichen in einer Zeile, ohne „|“.`,
  wordsFault: (max) => `Höchstens ${max} an einem Tag.`,
  cycleStart: 'Beginnt an diesem Tag ein Zyklus?',
  cycleStarts: {
    'worked-out': 'Wie berechnet',
    begins: 'Hier beginnt ein Zyklus',
    'not-a-start': 'Kein Beginn',
  },
  cycleStartHint:
    'Ein Zyklus beginnt mit dem ersten Tag der Blutung. Was du hier sagst, gilt mehr.',
  cycleStartOdd: 'Gespeichert. An diesem Tag ist keine Blutung notiert; sieh nach, ob das stimmt.',
  cycleExclude: 'Dieser Zyklus',
  cycleExcludeHint: 'Wenn etwas ihn anders gemacht hat als sonst: Krankheit, eine lange Reise.',
  products: 'Verwendet',
  cervix: 'Muttermund',
  desire: 'Lust',
  intimacy: 'Lust, Sex und Verhütung',
  sex: 'Sex und Verhütung',
  notes: 'Kurze Notizen',
  leaveOut: 'Bei der Auswertung auslassen',
  notContraception: 'Diese Notizen sind kein Mittel zur Verhütung.',
}
