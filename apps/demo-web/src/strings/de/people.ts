/** People she trusts, and help nearby, in German. */
import type { Strings } from '../en.ts'

export const contacts: Strings['contacts'] = {
  title: 'Menschen, denen du vertraust',
  lead: 'Sie bekommen deinen Alarm und du ihren. Jede Einladung ist für eine Person.',
  none: 'Du hast noch niemanden hinzugefügt.',
  needAccount: 'Vertraute brauchen ein Konto, damit ein Alarm seinen Weg findet.',
  ownName: 'Dein Name',
  ownNameHint: 'Deine Vertrauten und die Menschen, denen du hilfst, sehen ihn.',
  inviteTitle: 'Jemanden einladen',
  inviteName: 'Wie du die Person nennst',
  invite: 'Einladung erstellen',
  inviteFor: (name) => `Einladung für ${name}`,
  inviteHint: (until) =>
    `Schick diesen Link nur dieser Person, auf einem Weg, dem du vertraust. Er gilt einmal, bis ${until}. Wer ihn hat, kann zu deinen Vertrauten gehören.`,
  inviteDone: 'Fertig',
  qr: 'Einladung als QR-Code',
  link: 'Einladungslink',
  shareText: 'Hier ist meine Einladung.',
  acceptTitle: 'Einladung annehmen',
  acceptLead: 'Du hast eine Einladung geöffnet. Nimm sie an, und ihr seid füreinander da.',
  acceptLink: 'Einladung einfügen',
  acceptName: 'Wie du die Person nennst (nicht nötig)',
  accept: 'Annehmen',
  accepted: (name) => `Du und ${name} seid jetzt füreinander da.`,
  notAccept: 'Ablehnen',
  states: {
    invited: 'Eingeladen, noch nicht angenommen',
    trusted: 'Vertraut: bekommt deinen Alarm',
    expired: 'Die Einladung ist abgelaufen',
  },
  until: (when) => `bis ${when}`,
  verified: 'Ziffern verglichen',
  notVerified: 'Ziffern noch nicht verglichen',
  keysChanged: 'Zeigt andere Schlüssel als früher',
  keysRenewed: 'Hat neue Schlüssel, Ziffern noch nicht verglichen',
  sharing: 'Teilen',
  sharingHint: 'Was du andere lesen lässt und was sie dich lesen lassen',
  unknown: 'Diese Person gehört nicht mehr zu deinen Vertrauten.',
  renewedTitle: 'Neue Schlüssel',
  renewedText: (name) =>
    `${name} hat ein Gerät entfernt oder die Passphrase geändert und hat seitdem neue Schlüssel, für die die früheren bürgen. Bis du die Ziffern verglichen hast, geht ein Alarm von dir an die alten Schlüssel und an die neuen.`,
  keysTitle: 'Andere Schlüssel als früher',
  keysText: (name) =>
    `Eine frühere Verbindung zum Konto von ${name} zeigte andere Schlüssel. Vielleicht hat die Person neu begonnen, mit neuem Konto auf einem neuen Telefon. Vielleicht hat jemand ihren Platz eingenommen.`,
  keysDo:
    'Ruf sie an oder triff sie, und vergleicht die Ziffern unten. Teile bis dahin hier nichts; was du in einem Alarm sendest, wird auch für diese Schlüssel versiegelt. Wenn sie nicht neu begonnen hat, entferne den Eintrag.',
  compareTitle: 'Ziffern vergleichen',
  compareLead: (name) =>
    `${name} sieht auf dieser Seite dieselben Ziffern, wenn niemand zwischen euch steht. Lest sie einander am Telefon oder von Angesicht zu Angesicht vor, nicht in einer Nachricht.`,
  compareAccepted:
    'Die Einladung wurde angenommen. Das zeigt, dass jemand den Link hatte; erst die Ziffern zeigen, wer.',
  digits: 'Sechzig Ziffern in Fünfergruppen',
  same: 'Alle sind gleich',
  differ: 'Nicht gleich',
  differed:
    'Dann steht vielleicht jemand zwischen euch, oder eine von euch sieht einen anderen Eintrag an. Entferne den Eintrag und lade die Person auf einem anderen Weg neu ein.',
  isVerified: 'Du hast die Ziffern verglichen: Niemand steht zwischen euch.',
  compareAgain: 'Die Ziffern noch einmal ansehen',
  camera: 'Mit der Kamera vergleichen',
  cameraHint: 'Scanne den Code auf dem anderen Bildschirm, und die Person scannt deinen.',
  cameraCode: 'Die Ziffern als QR-Code',
  removeHint: 'Keiner bekommt mehr den Alarm des anderen, und was ihr teilt, endet.',
  ownIdentity: 'Woran die Apps deiner Vertrauten dich erkennen',
  ownIdentityHint:
    'Diese Ziffern stehen für deine eigenen Schlüssel. Auf all deinen Geräten sind sie gleich; eine andere Zahl auf einem davon heißt, dass es noch nicht auf dem neuesten Stand ist. Mit anderen vergleichst du die Ziffern auf deren Seite.',
  remove: 'Entfernen',
  removeLabel: (name) => `${name} entfernen`,
  removeTitle: (name) => `${name} entfernen?`,
  removeText:
    'Keiner bekommt mehr den Alarm des anderen, und was ihr miteinander teilt, endet. Die Person kann es bemerken.',
  list: 'Deine Vertrauten',
  helpTitle: 'In der Nähe helfen',
  helpLead: 'Wenn jemand in deiner Nähe Helfende ruft, wirst du gefragt.',
  helpLearns:
    'Der Server weiß dann ungefähr, wo du bist: ein Quadrat von etwa 500 m, alle paar Minuten gesendet, solange diese Seite offen ist, und nach fünf vergessen. Den genauen Ort erfährt er nie, und niemand kann fragen, wer in der Nähe ist.',
  helpSwitch: 'Ich möchte in der Nähe helfen',
  helpRadius: 'Wie weit du gehen würdest',
  kilometres: (n) => `${n} km`,
  helpSent: (when) => `Zuletzt gesendet ${when}.`,
  helpLocating: 'Deine Position wird gesucht …',
  helpRefused:
    'Dieser Browser gibt deine Position nicht her; in der Nähe kann dich niemand finden. Erlaube es in seinen Einstellungen.',
  helpWaiting:
    'Seit diese Seite offen ist, wurde nichts gesendet. Es geht etwa alle vier Minuten hinaus, sobald dieser Browser weiß, wo du bist.',
}

export const addresses: Strings['addresses'] = {
  title: 'Menschen ohne die App',
  lead: 'Von selbst erreicht sie kein Alarm. Wenn du einen auslöst, öffnet eine Taste deine Nachrichten oder deine E-Mail mit den Worten für sie, auch ohne Netz.',
  add: 'Person hinzufügen',
  addTitle: 'Jemand ohne die App',
  kind: 'Wie du die Person erreichst',
  kinds: { phone: 'Telefonnummer', email: 'E-Mail-Adresse' },
  phoneHint: 'Am besten mit dem Land, als +49 …',
  nameFault: 'Sag, wie du die Person nennst.',
  faults: {
    phone: 'Das ist keine Telefonnummer.',
    email: 'Das ist keine E-Mail-Adresse.',
  },
  sealed: 'Nummern und Adressen sind in deinem Tagebuch versiegelt. Der Server erfährt sie nicht.',
  changeLabel: (name) => `${name} ändern`,
  removeLabel: (name) => `${name} entfernen`,
  removeTitle: (name) => `${name} entfernen?`,
  removeText: 'Du kannst der Person dann nicht mehr aus einem Alarm schreiben.',
}
