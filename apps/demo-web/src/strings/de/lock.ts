/** What opens the diary and what closes it, in German. */
import type { Strings } from '../en.ts'

export const lock: Strings['lock'] = {
  title: 'Sperre und Speicher',
  place: 'Tagebuch',
  lockNow: 'Sperren',
  lockLabel: 'Das Tagebuch jetzt sperren',

  first: {
    title: 'Wie soll dein Tagebuch geschützt sein?',
    lead: 'Es bleibt auf diesem Gerät, verschlüsselt. Wähle, womit es sich öffnet; das kannst du jederzeit ändern.',
    unsealed:
      'Hier gibt es ein Tagebuch von früher, das noch nicht verschlüsselt ist. Es wird jetzt verschlüsselt, und nichts davon geht verloren.',
    choice: 'Womit es sich öffnet',
    choices: {
      pin: 'Mit einer PIN',
      passphrase: 'Mit einer Passphrase',
      none: 'Vorerst ohne Sperre',
    },
    hints: {
      pin: 'Schnell. Sie hält ab, wer dieses Gerät in die Hand nimmt. Wer sich auskennt und das Gerät lange hat, kann eine kurze PIN herausfinden.',
      passphrase:
        'Am stärksten. Sie hält auch ab, wer die Dateien kopiert. Sechs Wörter, die nichts miteinander zu tun haben, genügen meist.',
      none: 'Wer diesen Browser öffnen kann, kann das Tagebuch lesen. Eine Sperre kannst du unter Optionen einrichten.',
    },
    recovery: 'Auch 24 Wörter zur Wiederherstellung erzeugen',
    recoveryHint:
      'Sie öffnen das Tagebuch, wenn du das andere vergisst. Ohne sie ist dann verloren, was nur auf diesem Gerät ist.',
    start: 'Beginnen',
    starting: 'Dein Tagebuch wird eingerichtet. Das dauert einige Sekunden.',
  },

  pin: 'PIN',
  newPin: 'Neue PIN',
  pinHint: 'Mindestens vier Ziffern, nicht der Reihe nach. Mehr sind besser.',
  pinAgain: 'PIN wiederholen',
  newPinAgain: 'Neue PIN wiederholen',
  pinShort: 'Mindestens vier Ziffern.',
  passphrase: 'Passphrase',
  newPassphrase: 'Neue Passphrase',
  passphraseAgain: 'Passphrase wiederholen',
  newPassphraseAgain: 'Neue Passphrase wiederholen',
  differs: 'Die beiden sind nicht gleich.',
  missing: 'Fülle das aus.',
  strength: 'Wie schwer sie zu erraten ist',
  strengths: {
    weak: 'Zu leicht zu erraten. Nimm Wörter dazu, die nichts miteinander zu tun haben.',
    nearly: 'Fast. Ein Wort mehr sollte genügen.',
    enough: 'Schwer zu erraten.',
  },

  words: {
    title: 'Deine Wörter zur Wiederherstellung',
    lead: 'Schreibe diese 24 Wörter auf, in dieser Reihenfolge, und bewahre sie dort auf, wo sonst niemand hinsieht. Sie werden nur jetzt gezeigt.',
    list: 'Wörter zur Wiederherstellung',
    done: 'Ich habe sie aufgeschrieben',
  },

  unlock: {
    title: 'Dein Tagebuch ist gesperrt',
    way: 'Öffnen mit',
    ways: { pin: 'PIN', passphrase: 'Passphrase', recovery: 'Wörter' },
    recovery: 'Die 24 Wörter',
    recoveryHint: 'Mit Leerzeichen dazwischen.',
    open: 'Entsperren',
    opening: 'Wird geöffnet …',
    wait: (time) => `Zu viele Versuche. Der nächste geht in ${time}.`,
    help: 'Es lässt sich nicht mehr öffnen?',
    helpText:
      'Ohne PIN, Passphrase oder Wörter kann es niemand öffnen, auch wir nicht. Du kannst löschen, was auf diesem Gerät ist, und neu beginnen.',
    sos: 'SOS geht auch, solange es gesperrt ist.',
  },

  trouble: {
    damagedTitle: 'Ein Teil deines Tagebuchs ist beschädigt',
    damaged:
      'Die Datei auf diesem Gerät wurde verändert oder ist kaputt. Du kannst öffnen, was sich noch lesen lässt, es ansehen und exportieren. Schreiben geht dann nicht.',
    rolledBackTitle: 'Dein Tagebuch ist älter, als es war',
    rolledBack:
      'Die Datei auf diesem Gerät ist von früher: Sie kam aus einer Kopie zurück, oder Späteres ging verloren. Du kannst sie erst ansehen oder mit ihr weitermachen, wie sie ist.',
    newerTitle: 'Eine neuere Version der App ist nötig',
    newer:
      'Eine neuere Version der App hat dieses Tagebuch geschrieben. Lade die Seite neu, um zu aktualisieren.',
    reload: 'Neu laden',
    read: 'Zum Lesen öffnen',
    goOn: 'Weitermachen, wie es ist',
    again: 'Etwas anderes eingeben',
  },
  readOnly: 'Nur zum Lesen offen: Schreiben geht nicht. Was hier ist, kannst du exportieren.',

  erase: {
    button: 'Das Tagebuch auf diesem Gerät löschen',
    title: 'Alles auf diesem Gerät löschen?',
    text: 'Tagebuch, Konto und Kontakte auf diesem Gerät werden unlesbar gemacht und entfernt. Was auf deinen anderen Geräten ist, bleibt. Das lässt sich nicht rückgängig machen.',
    confirm: 'Alles löschen',
  },

  secretsTitle: 'Was das Tagebuch öffnet',
  noLock: 'Es gibt keine Sperre: Wer diesen Browser öffnen kann, kann das Tagebuch lesen.',
  kinds: {
    platform: 'Keine Sperre',
    pin: 'PIN',
    passphrase: 'Passphrase',
    recovery: 'Wörter zur Wiederherstellung',
  },
  kindHints: {
    platform: 'Öffnet sich auf diesem Gerät von selbst',
    pin: 'Öffnet es nur auf diesem Gerät',
    passphrase: 'Öffnet es überall',
    recovery: '24 Wörter auf Papier',
  },
  set: 'Eine Sperre einrichten',
  add: 'Hinzufügen',
  addTitle: 'Ein weiterer Weg, es zu öffnen',
  changeTitle: (kind) => `${kind}: ändern`,
  changeLabel: (kind) => `Ändern: ${kind}`,
  removeTitle: (kind) => `${kind}: entfernen`,
  removeLabel: (kind) => `Entfernen: ${kind}`,
  removeText: 'Damit öffnet sich das Tagebuch nicht mehr.',
  kind: 'Was es sein soll',
  proof: 'Öffne es zuerst noch einmal',
  proofKind: 'Mit',
  made: 'Was das Tagebuch öffnet, ist geändert.',
  again: 'Neue Wörter erzeugen',

  autoTitle: 'Sperrt sich von selbst',
  auto: 'Nach so langer Zeit ohne Berührung',
  autos: { '1': '1 Minute', '5': '5 Minuten', '15': '15 Minuten', never: 'Nie' },
  autoHint: 'Die Zeit läuft auch, wenn die App verdeckt ist.',

  storageTitle: 'Auf diesem Gerät',
  size: (size) => `Das Tagebuch braucht ${size}.`,
  sizeOf: (size, quota) => `Das Tagebuch braucht ${size} von ${quota}, die der Browser erlaubt.`,
  warnings: {
    'nearly-full':
      'Auf diesem Gerät ist kaum noch Platz. Schaffe Platz, damit sich speichern lässt, was du schreibst.',
    'may-vanish': 'Der Browser kann das Tagebuch löschen, wenn der Platz knapp wird.',
  },
  keep: 'Den Browser bitten, es zu behalten',
  notKept:
    'Der Browser hat nicht zugesagt, es zu behalten. Gegen Verlust hilft, die App zu installieren, oder ein Konto mit einem zweiten Gerät.',
  check: 'Die Datei prüfen',
  checking: 'Die Datei wird gelesen …',
  sound: 'Alles in der Datei ist so, wie es geschrieben wurde.',
  unsound: (n) =>
    n === 1
      ? '1 Teil der Datei ist beschädigt. Exportiere, was sich lesen lässt.'
      : `${n} Teile der Datei sind beschädigt. Exportiere, was sich lesen lässt.`,

  problems: {
    'store/locked': 'Das Tagebuch ist gesperrt.',
    'store/wrong-secret': 'Damit öffnet sich das Tagebuch nicht.',
    'store/attempts': 'Zu viele Versuche: Der nächste muss warten.',
    'store/weak-secret':
      'Das ist zu leicht zu erraten. Nimm eine PIN ab vier Ziffern, die keine Reihe ist, oder eine Passphrase aus mehreren Wörtern, die nichts miteinander zu tun haben.',
    'store/last-slot': 'Nur damit öffnet sich das Tagebuch. Füge zuerst etwas anderes hinzu.',
    'store/too-many-slots': 'Für noch etwas ist kein Platz. Entferne zuerst etwas.',
    'store/damaged': 'Das Tagebuch auf diesem Gerät ist beschädigt.',
    'store/rolled-back': 'Das Tagebuch auf diesem Gerät ist älter, als es war.',
    'store/read-only': 'Das Tagebuch ist nur zum Lesen offen.',
    'store/full':
      'Auf diesem Gerät ist kein Platz mehr. Schaffe Platz und versuche es noch einmal.',
    'store/failed':
      'Dieses Gerät konnte nicht speichern. Lade die Seite neu; was vorher gespeichert war, ist da.',
    'store/not-permitted':
      'Dieser Browser lässt die App hier nichts speichern. Ein privates Fenster oder die Einstellungen für diese Seite können der Grund sein.',
    'store/handed-over':
      'Ein anderer Tab hat übernommen, und es ist nicht bekannt, ob das geschehen ist. Sieh nach und tu es noch einmal, falls nicht.',
  },
}
