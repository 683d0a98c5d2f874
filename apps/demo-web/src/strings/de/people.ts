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
  remove: 'Entfernen',
  removeLabel: (name) => `${name} entfernen`,
  removeTitle: (name) => `${name} entfernen?`,
  removeText: 'Keiner bekommt mehr den Alarm des anderen. Die Person kann es bemerken.',
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
