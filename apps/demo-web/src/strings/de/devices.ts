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
  lastSeen: (when) => `Letzter Kontakt mit dem Server: ${when}.`,
  joinTitle: 'Das Konto eines anderen Geräts nutzen',
  joinLead:
    'Zeig hier einen Code und scanne ihn mit einem Gerät, das das Konto hat. Was hier im Tagebuch steht, kommt mit.',
  joinStart: 'Code zeigen',
  joinCode: 'Code zum Verbinden',
  joinHint:
    'Auf dem anderen Gerät: Konto und Geräte, Ein Gerät verbinden. Der Code gilt zwei Minuten. Zeig ihn sonst niemandem: Wer ihn liest, kann diesen Browser mit einem Tagebuch verbinden.',
  joinWaiting: 'Wartet auf das andere Gerät …',
  joined: 'Dieser Browser teilt jetzt das Tagebuch.',
  linkTitle: 'Ein Gerät verbinden',
  linkLead:
    'Wähle auf dem neuen Gerät „Code zeigen“ unter Konto und Geräte und scanne ihn dann hier.',
  linkName: 'Name des neuen Geräts',
  linkNameDefault: 'Neues Gerät',
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
  kinds: {
    device: 'Gerät',
    passphrase: 'Passphrase',
    phrase: 'Wiederherstellungswörter',
    passkey: 'Passkey',
  },
}
