/** What went wrong, and what can be done about it, in German. */
import type { Strings } from '../en.ts'

export const problems: Strings['problems'] = {
  'account/identifier-taken': 'Dieser Name ist vergeben. Nimm einen anderen.',
  'account/exists': 'Dieses Gerät hat schon ein Konto.',
  'account/none': 'Leg zuerst ein Konto an.',
  'auth/refused': 'Das passt nicht: Prüf Name und Passphrase oder die Wörter.',
  'auth/phrase-unreadable': 'Das sind nicht die 24 Wörter zur Wiederherstellung. Prüf jedes davon.',
  'auth/weak-parameters':
    'Der Server verlangt einen schwächeren Schutz deiner Passphrase, als sicher ist. Nichts wurde gesendet.',
  'auth/session-ended': 'Du wurdest abgemeldet. Melde dich wieder an.',
  'backup/unreadable':
    'Diese Datei ist keine Sicherung. Eine Datei aus „Exportieren“ holst du unter „Importieren“ herein.',
  'backup/wrong-secret': 'Das öffnet diese Sicherung nicht. Nichts wurde geändert.',
  'backup/damaged':
    'Diese Sicherung ist beschädigt. Nichts wurde geändert. Versuch es mit einer anderen Kopie.',
  'backup/cut':
    'Das Ende dieser Sicherung fehlt. Nichts wurde geändert. Kopiere die Datei noch einmal oder nimm eine andere.',
  'backup/newer-format':
    'Eine neuere Version der App hat diese Sicherung erstellt. Lade die Seite neu.',
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
  'vault/erased': 'Das Konto wurde gelöscht. Das Tagebuch auf diesem Gerät ist noch da.',
  'vault/foreign': 'Das gehört zu einem anderen Konto als dem auf diesem Gerät.',
  'vault/head-moved':
    'Ein anderes Gerät hat im selben Augenblick etwas geändert. Versuch es noch einmal.',
  'vault/rank': 'Das geht nur mit der Passphrase oder den Wiederherstellungswörtern.',
  'vault/reset-pending': 'Die sieben Tage sind noch nicht um.',
  'vault/void': 'Ein Gerät hat es geschrieben, nachdem es entfernt worden war.',
  'doc/newer-schema': 'Eine neuere Version der App hat es geschrieben. Lade die Seite neu.',
  'doc/snapshot-bad':
    'Eine Zusammenfassung eines anderen Geräts ist nicht, was sie zu sein behauptet. Sie wird nicht benutzt.',
  'doc/unreadable': 'Es hat keine Form, die die App lesen kann.',
  'crypto/damaged': 'Es ist beschädigt.',
  'crypto/wrong-key': 'Es ist mit einem anderen Schlüssel versiegelt.',
  'crypto/bad-signature': 'Das Gerät, das darin genannt ist, hat es nicht unterschrieben.',
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
