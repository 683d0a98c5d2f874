/** What went wrong, and what can be done about it, in German. */
import type { Strings } from '../en.ts'

export const problems: Strings['problems'] = {
  'account/identifier-taken': 'Dieser Name ist vergeben. Nimm einen anderen.',
  'account/exists': 'Dieses Gerät hat schon ein Konto.',
  'account/none': 'Leg zuerst ein Konto an.',
  'auth/refused': 'Name oder Passphrase stimmt nicht.',
  'auth/session-ended': 'Du wurdest abgemeldet. Melde dich wieder an.',
  'contact/invite-unknown':
    'Diese Einladung ist unbekannt, benutzt oder zu alt. Bitte um eine neue.',
  'contact/own-invite': 'Das ist deine eigene Einladung. Schick sie jemand anderem.',
  'contact/unverified':
    'Die andere Seite dieser Einladung weist sich nicht aus. Bitte um eine neue.',
  'diary/invalid-day': 'Dieser Wert ist nicht möglich.',
  'diary/invalid-episode': 'Diese Zeit ist nicht möglich. Prüf den ersten und den letzten Tag.',
  'diary/invalid-profile': 'Dieser Wert ist nicht möglich.',
  'diary/invalid-reminder': 'Diese Erinnerung ist nicht möglich. Prüf ihre Tage und Zeiten.',
  'doc/too-large': 'Das ist zu viel für einen Tag. Kürze die Notizen.',
  'import/unreadable': 'Diese Datei lässt sich nicht lesen.',
  'import/too-large': 'Die Datei ist größer als 10 MB.',
  'link/expired': 'Der Code ist unbekannt oder zu alt. Zeig einen neuen.',
  'link/failed':
    'Die Geräte ließen sich nicht verbinden. Zeig einen neuen Code und versuch es noch einmal.',
  'request/invalid': 'Das hat nicht die nötige Form. Prüf, ob es vollständig ist.',
  'server/unreachable': 'Der Server ist nicht erreichbar. Prüf die Verbindung.',
  'server/overloaded': 'Der Server ist beschäftigt. Versuch es gleich noch einmal.',
  'sos/closed': 'Dieser Ruf ist beendet.',
  'sos/no-alert': 'Diesen Ruf gibt es nicht.',
  'sos/not-released':
    'Der Ort wird dir nicht gezeigt. Von den Menschen in der Nähe zeigt ihn der Server bei jedem Ruf nur wenigen, und keinem, den die Person ausgeschlossen hat. Dein Konto muss einige Zeit bestehen, du musst an mehreren Tagen Hilfe angeboten haben, und du darfst nur ab und zu einen Ort sehen.',
  'sos/storage-failed': 'Dieses Gerät konnte den Alarm nicht speichern. Ruf jetzt 112 oder 911 an.',
  'store/in-use': 'Das Tagebuch ist in einem anderen Tab offen.',
  'store/newer-format':
    'Eine neuere Version der App hat dieses Tagebuch geschrieben. Lade die Seite neu.',
  'vault/forked':
    'Der Server zeigt eine andere Geschichte, als dieses Gerät kennt. Nichts wird übernommen.',
  'vault/rolled-back': 'Der Server zeigt weniger als zuvor. Nichts wird übernommen.',
  'vault/not-member': 'Dieses Gerät gehört nicht zu diesem Tagebuch.',
  'vault/member-removed': 'Dieses Gerät wurde aus dem Tagebuch entfernt.',
}

export const remedies: Strings['remedies'] = {
  retry: 'Das hat nicht geklappt. Versuch es gleich noch einmal.',
  'sign-in': 'Du musst dich wieder anmelden.',
  unlock: 'Das Tagebuch ist geschlossen. Lade die Seite neu.',
  'fix-request': 'Das wurde nicht angenommen. Prüf deine Eingabe.',
  'update-app': 'Eine neuere Version der App ist nötig. Lade die Seite neu.',
  'free-space': 'Auf diesem Gerät ist kein Platz. Schaff etwas Platz.',
  'give-up': 'Das geht nicht.',
}
