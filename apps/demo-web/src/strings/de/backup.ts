/** A sealed file of everything she wrote, and putting it back, in German. */
import type { Strings } from '../en.ts'

export const backups: Strings['backups'] = {
  title: 'Eine Sicherung erstellen',
  lead: 'Eine Datei mit allem, was du geschrieben hast: Tage, Zeiten, Optionen, Erinnerungen und Vertraute. Sie ist versiegelt, du kannst sie also in eine Schublade oder eine Cloud legen. Ohne das, was sie öffnet, ist sie wertlos.',
  make: 'Sicherung erstellen',
  making: 'Die Sicherung wird erstellt. Das dauert einige Sekunden …',
  made: 'Die Sicherung liegt bei deinen Downloads. Notiere die Passphrase, wo du sie wiederfindest.',
  madeByWords: 'Die Sicherung liegt bei deinen Downloads. Deine 24 Wörter öffnen sie.',
  secretTitle: 'Was die Sicherung öffnet',
  way: 'Mit',
  makeWays: {
    passphrase: 'Einer Passphrase dafür',
    phrase: 'Meinen 24 Wörtern zur Wiederherstellung',
  },
  passphraseHint:
    'Es muss nicht die dieses Tagebuchs sein. Niemand kann die Sicherung ohne sie öffnen, auch wir nicht.',
  notInside: 'Nicht darin: das Konto, die Sperre dieses Geräts und ein laufender Alarm.',

  restoreTitle: 'Eine Sicherung zurückholen',
  restoreLead:
    'Was in der Datei steht, kommt zum Tagebuch hier dazu. Nichts, was hier steht, wird weggenommen, und die Datei wird nirgendwohin gesendet.',
  file: 'Die Sicherungsdatei',
  ways: { passphrase: 'Passphrase', phrase: '24 Wörter' },
  passphrase: 'Passphrase der Sicherung',
  restore: 'Zurückholen',
  restoring: 'Die Sicherung wird geöffnet. Das dauert einige Sekunden …',
  restored: (changed: number): string =>
    changed === 0
      ? 'Die Sicherung ist heil. Alles darin war schon hier.'
      : 'Die Sicherung ist zurückgeholt. Was fehlte, steht jetzt in deinem Tagebuch.',
  toMonth: 'Zum Monat',
  fileName: (date) => `notizen-${date}.bin`,
}
