/** The account and its devices, in German. */
import type { Strings } from '../en.ts'

export const devices: Strings['devices'] = {
  title: 'Konto und Geräte',
  localTitle: 'Nur auf diesem Gerät',
  local:
    'Dein Tagebuch ist nur auf diesem Gerät. Mit einem Konto teilen es deine eigenen Geräte, versiegelt: Der Server reicht es weiter und kann es nicht lesen.',
  createTitle: 'Konto anlegen',
  identifier: 'Name zum Anmelden',
  identifierHint:
    'Ein beliebiger Name, zum Beispiel eine E-Mail-Adresse. Der Server behält nur einen Fingerabdruck davon.',
  passphrase: 'Passphrase',
  passphraseHint:
    'Am besten mehrere Wörter. Sie verlässt dieses Gerät nie, und niemand kann sie zurücksetzen.',
  passphraseShort: 'Nimm mindestens 12 Zeichen.',
  passphraseAgain: 'Passphrase wiederholen',
  passphraseDiffers: 'Die beiden sind nicht gleich.',
  create: 'Konto anlegen',
  creating: 'Dein Konto wird angelegt. Das dauert einige Sekunden.',
  phraseTitle: 'Schreib deine Wiederherstellungswörter auf',
  phraseLead:
    'Diese 24 Wörter werden einmal gezeigt. Auf Papier und sicher verwahrt führen sie zurück zu deinem Tagebuch, wenn alle Geräte verloren sind. Wer sie hat, kann es lesen.',
  phraseList: 'Wiederherstellungswörter',
  phraseDone: 'Ich habe sie aufgeschrieben',
  signInTitle: 'Wieder anmelden',
  signInLead:
    'Dieses Gerät wurde abgemeldet. Was du schreibst, bleibt erhalten und geht nach dem Anmelden hinaus.',
  signIn: 'Anmelden',
  syncTitle: 'Abgleich',
  syncNow: 'Jetzt abgleichen',
  phases: {
    'local-only': 'Nur hier',
    paused: 'Angehalten',
    stuck: 'Hängt fest',
    offline: 'Offline',
    connecting: 'Verbindet',
    'catching-up': 'Holt auf',
    live: 'Aktuell',
  },
  phaseTexts: {
    'local-only': 'Nichts verlässt dieses Gerät.',
    paused: 'Es wird nichts gesendet, bis du weitermachst.',
    stuck: 'Etwas braucht deine Aufmerksamkeit.',
    offline: 'Was du schreibst, bleibt hier und geht hinaus, sobald der Server erreichbar ist.',
    connecting: 'Der Server wird erreicht.',
    'catching-up': 'Neues von deinen anderen Geräten kommt herein.',
    live: 'Deine Geräte teilen, was hier geschrieben wird.',
  },
  unsent: (n) =>
    n === 1 ? '1 Änderung wartet aufs Senden.' : `${n} Änderungen warten aufs Senden.`,
  setAside: (n) =>
    n === 1
      ? 'Der Server hat 1 Änderung abgelehnt; sie bleibt hier.'
      : `Der Server hat ${n} Änderungen abgelehnt; sie bleiben hier.`,
  quarantined: (n) =>
    n === 1
      ? '1 Änderung ließ sich nicht öffnen; sie liegt beiseite.'
      : `${n} Änderungen ließen sich nicht öffnen; sie liegen beiseite.`,
  apart: (from, why) => `Von ${from}: ${why}`,
  unknownDevice: 'einem unbekannten Gerät',
  giveUp: 'Aufgeben',
  giveUpLabel: (from) => `Aufgeben: Änderung von ${from}`,
  giveUpTitle: 'Diese Änderung aufgeben?',
  giveUpText:
    'Keins deiner Geräte wartet mehr darauf. Was ein Gerät öffnen konnte, bleibt. Das lässt sich nicht rückgängig machen.',
  lastSeen: (when) => `Letzter Kontakt mit dem Server: ${when}.`,
  joinTitle: 'Das Konto eines anderen Geräts nutzen',
  joinLead:
    'Zeig hier einen Code und scanne ihn mit einem Gerät, das das Konto hat, oder zeig ein Wort und tippe es dort ein. Was hier im Tagebuch steht, kommt mit.',
  joinStart: 'Code zeigen',
  joinCode: 'Code zum Verbinden',
  joinHint:
    'Auf dem anderen Gerät: Konto und Geräte, Ein Gerät verbinden. Der Code gilt zwei Minuten. Zeig ihn sonst niemandem: Wer ihn liest, kann diesen Browser mit einem Tagebuch verbinden.',
  joinWordStart: 'Wort zeigen',
  joinWord: 'Wort zum Verbinden',
  joinWordHint:
    'Für Geräte ohne Kamera. Auf dem anderen Gerät: Konto und Geräte, Ein Gerät verbinden, mit einem Wort. Es gilt zwei Minuten.',
  digits: 'Zeigen beide Geräte diese Zahl?',
  digitsHint:
    'Wenn das andere Gerät eine andere Zahl zeigt, steht vielleicht jemand dazwischen. Wähle dann „Nein“.',
  digitsSame: 'Ja, dieselbe',
  digitsDiffer: 'Nein',
  digitsDiffered:
    'Die Geräte wurden nicht verbunden, und nichts wurde übergeben. Versuch es noch einmal, am besten in einem anderen Netz.',
  joinWaiting: 'Wartet auf das andere Gerät …',
  joined: 'Dieser Browser teilt jetzt das Tagebuch.',
  linkTitle: 'Ein Gerät verbinden',
  linkLead:
    'Öffne auf dem neuen Gerät Konto und Geräte und wähle „Code zeigen“ oder „Wort zeigen“.',
  linkWays: 'Womit verbinden',
  linkBy: { code: 'Mit einem Code', word: 'Mit einem Wort' },
  linkWord: 'Wort des neuen Geräts',
  linkWordHint: 'Acht Buchstaben und Ziffern.',
  linkNext: 'Weiter',
  linkMeeting: 'Das neue Gerät wird gesucht …',
  linkName: 'Name des neuen Geräts',
  linkNameDefault: 'Neues Gerät',
  proof: 'Damit sicher ist, dass du es bist',
  linkCode: 'Code des neuen Geräts',
  link: 'Dieses Gerät verbinden',
  linked: (name) => `${name} ist verbunden.`,
  scan: 'Mit der Kamera scannen',
  stopScan: 'Kamera ausschalten',
  scanLabel: 'Kamerabild',
  noCamera: 'Die Kamera lässt sich nicht nutzen. Füge den Code stattdessen ein.',
  list: 'Wer dieses Tagebuch öffnen kann',
  thisDevice: 'dieses Gerät',
  removed: 'entfernt',
  removedList: 'Entfernt',
  since: (when) => `Hier bekannt seit ${when}`,
  before: 'War vor diesem Gerät da',
  removeLabel: (name) => `Entfernen: ${name}`,
  removeTitle: (name) => `${name} entfernen?`,
  removeText:
    'Es ist sofort ausgeschlossen: Es bekommt nichts Neues, und was dort ab jetzt geschrieben wird, erreicht kein anderes Gerät. Was es schon hat, bleibt dort, bis es jemand löscht. Wenn andere deine Passphrase oder deine Wiederherstellungswörter kennen könnten, ersetze auch diese.',
  removedNow: (name) => `${name} ist entfernt.`,
  fingerprint: 'Fingerabdruck',
  fingerprintHint:
    'Er steht dafür, wer bisher hereingelassen und entfernt wurde. Deine Geräte zeigen denselben, wenn alle dieselbe Geschichte sehen.',
  newsTitle: 'Neu in deinem Tagebuch',
  news: {
    device: (name, by) =>
      `Ein Gerät wurde hinzugefügt: ${name}. Hereingelassen hat es: ${by}. Warst du das?`,
    passphrase: () => 'Eine neue Passphrase wurde festgelegt. Warst du das?',
    phrase: () => 'Neue Wiederherstellungswörter wurden festgelegt. Warst du das?',
    passkey: () => 'Ein Passkey wurde hinzugefügt. Warst du das?',
  },
  newsBanner: {
    device: (name) => `Ein Gerät wurde hinzugefügt: ${name}. Warst du das?`,
    passphrase: () => 'Eine neue Passphrase wurde festgelegt. Warst du das?',
    phrase: () => 'Neue Wiederherstellungswörter wurden festgelegt. Warst du das?',
    passkey: () => 'Ein Passkey wurde hinzugefügt. Warst du das?',
  },
  newsLook: 'Ansehen',
  newsYes: 'Ja, das war ich',
  newsNo:
    'Wenn du es nicht warst, entferne es und ersetze dann Passphrase und Wiederherstellungswörter. Vielleicht hatte jemand dieses oder ein anderes deiner Geräte in der Hand.',
  newsReplace: 'Passphrase und 24 Wörter',
  warningTitle: 'Mit dem Server stimmt etwas nicht',
  warningBanner: 'Mit dem Server stimmt etwas nicht. Dein Tagebuch hier geht weiter.',
  warnings: {
    'vault/forked':
      'Der Server zeigt diesem Gerät eine andere Geschichte davon, wer dein Tagebuch öffnen kann. Es wird nichts mehr gesendet oder übernommen; was du schreibst, bleibt hier, und SOS geht. Vergleiche den Fingerabdruck unten mit deinen anderen Geräten. Frag dann die Leute, die den Server betreiben. Wenn du ihm nicht traust, exportiere dein Tagebuch.',
    'vault/rolled-back':
      'Der Server zeigt weniger davon, wer dein Tagebuch öffnen kann, als zuvor: Vielleicht wurde er aus einer alten Kopie wiederhergestellt. Es wird nichts gesendet, bis er aufgeholt hat; was du schreibst, bleibt hier, und SOS geht. Frag die Leute, die den Server betreiben.',
    'sync/history-withheld':
      'Ein anderes deiner Geräte hat etwas geschrieben, das der Server nicht herausgibt. Der Abgleich geht weiter. Lass jenes Gerät sich verbinden; wenn das länger als einen Tag so bleibt, frag die Leute, die den Server betreiben, und exportiere dein Tagebuch.',
    'outbox/rolled-back':
      'Der Server hat etwas vergessen, das dieses Gerät gesendet hatte: Vielleicht wurde er aus einer alten Kopie wiederhergestellt. Es wird von selbst noch einmal gesendet; du musst nichts tun.',
  },
  kinds: {
    device: 'Gerät',
    passphrase: 'Passphrase',
    phrase: 'Wiederherstellungswörter',
    passkey: 'Passkey',
  },
}
