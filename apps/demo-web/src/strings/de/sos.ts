/** Calling for help, and who answers, in German. */
import type { Strings } from '../en.ts'

const people = (n: number): string => (n === 1 ? '1 Person' : `${n} Personen`)

export const sos: Strings['sos'] = {
  title: 'SOS',
  lead: 'Ruft die Menschen, denen du vertraust, und sagt ihnen, wo du bist, wenn dieses Gerät es weiß.',
  explain: (contacts) =>
    contacts === 0
      ? 'Du hast noch keine Vertrauten; ein Alarm würde niemanden erreichen, den du kennst.'
      : `Dein Alarm geht an ${people(contacts)}, denen du vertraust.`,
  hold: 'Für SOS halten',
  holdHint:
    'Anderthalb Sekunden gedrückt halten. Mit einer Tastatur die Leertaste oder Eingabe halten.',
  holding: 'Weiter halten',
  confirmOpen: 'Ich kann die Taste nicht halten',
  confirmTitle: 'Einen Alarm senden?',
  confirmText: 'Es wird 10 Sekunden lang heruntergezählt. Du kannst abbrechen.',
  confirmYes: 'Herunterzählen',
  audience: 'Wer gerufen wird',
  audienceContacts: 'Meine Vertrauten',
  audienceNearby: 'Meine Vertrauten und Helfende in der Nähe',
  audienceNearbyHint:
    'Helfende in der Nähe sind Fremde, die sich angeboten haben. Sie sehen, dass jemand Hilfe braucht; wo du bist, erfahren wenige, und erst nachdem sie zugesagt haben.',
  medical: 'Es ist medizinisch',
  medicalHint: 'Sagt deinen Vertrauten, dass du medizinische Hilfe brauchst.',
  note: 'Ein paar Worte an deine Vertrauten',
  noteHint: 'Nicht nötig. Helfende in der Nähe sehen sie nicht.',
  noteAdd: 'Diese Worte senden',
  test: 'Test senden',
  testTitle: 'Einen Testalarm senden?',
  testText:
    'Deine Vertrauten bekommen eine Nachricht, die als Test erkennbar ist. In der Nähe wird niemand gefragt.',
  readiness: 'Bevor du es brauchst',
  ready: 'Alles, was ein Alarm braucht, ist da.',
  lastTest: (when) => `Letzter Test: ${when}.`,
  armedTitle: 'Alarm in',
  seconds: (n) => (n === 1 ? '1 Sekunde' : `${n} Sekunden`),
  armedText: 'Der Server sendet ihn, wenn die Zeit um ist, auch wenn dieses Gerät dann aus ist.',
  armedUnsent:
    'Dieses Gerät hat keine Verbindung. Es sendet den Alarm, wenn die Zeit um ist und es eine hat.',
  armedNoAccount:
    'Du hast kein Konto; dieser Alarm erreicht niemanden. Wenn du in Gefahr bist, ruf 112 oder 911 an.',
  armedAnnounce: (n) => `In ${n} Sekunden geht ein Alarm hinaus. Brich ab, wenn du sicher bist.`,
  sendNow: 'Jetzt senden',
  cancelAlert: 'Alarm abbrechen',
  safe: 'Ich bin sicher',
  endTest: 'Test beenden',
  sentToNobody: 'Gesendet. Du hast keine Vertrauten; niemand, den du kennst, erfährt davon.',
  dismiss: 'Weglegen',
  unsent: 'Wartet auf ein Netz',
  unsentText:
    'Dieses Gerät hat den Server noch nicht erreicht; noch weiß niemand davon. Der Alarm ist hier gespeichert und geht von selbst hinaus, sobald es eine Verbindung gibt. Wenn du kannst, ruf an.',
  unsentNoAccount: 'Nicht gesendet: du hast kein Konto',
  unsentNoAccountText:
    'Niemand erfährt davon, denn ein Alarm lässt sich nur mit einem Konto senden. Er bleibt auf diesem Gerät. Wenn du in Gefahr bist, ruf 112 oder 911 an.',
  unsentChange:
    'Deine letzte Änderung hat den Server noch nicht erreicht. Sie geht von selbst hinaus.',
  testBadge: 'Test',
  medicalBadge: 'Medizinisch',
  raised: 'Ausgelöst',
  sent: 'Beim Server',
  contacts: 'Deine Vertrauten',
  noContacts: 'Dieser Alarm hat keine Vertrauten.',
  notDelivered: 'Benachrichtigt, noch nicht auf dem Gerät',
  notSent: 'Noch nicht benachrichtigt',
  delivered: 'Auf dem Gerät',
  responders: 'Helfende in der Nähe',
  noResponders: 'Noch hat niemand geantwortet.',
  someHelper: 'Eine helfende Person',
  position: 'Wo du bist',
  positionSent: (metres, age) => `Gesendet: auf ${metres} m genau, gemessen ${age}.`,
  positionKept: (metres, age) =>
    `Beim Alarm aufbewahrt, noch nicht gesendet: auf ${metres} m genau, gemessen ${age}.`,
  positionWaiting: 'Deine Position wird gesucht …',
  positionNone: 'Dein Alarm hat keine Position.',
  positionAdd: 'Meine Position hinzufügen',
  positionDenied:
    'Dieser Browser gibt deine Position nicht her. Erlaube es in seinen Einstellungen, oder sag, wo du bist.',
  phases: {
    armed: 'Wird heruntergezählt',
    queued: 'Wartet auf ein Netz',
    sent: 'Gesendet. Deine Vertrauten werden benachrichtigt.',
    delivered: 'Der Alarm ist auf dem Gerät einer vertrauten Person.',
    acknowledged: 'Jemand hat geantwortet.',
    'en-route': 'Jemand ist unterwegs.',
    resolved: 'Du bist sicher. Der Alarm ist beendet.',
    cancelled: 'Der Alarm wurde abgebrochen.',
    expired: 'Der Alarm ist von selbst zu Ende gegangen.',
  },
  gaps: {
    'no-account': 'Du hast kein Konto. Ein Alarm lässt sich nur mit einem senden.',
    'no-contacts': 'Du hast noch keine Vertrauten.',
    'no-server': 'Diese App kennt keinen Server; nichts lässt sich senden.',
    'not-durable':
      'Dieses Gerät kann einen Alarm gerade nicht sicher speichern. Schaff etwas Platz darauf.',
    'never-tested': 'Du hast noch nie einen Test gesendet.',
  },
  gapFix: {
    'no-account': 'Konto anlegen',
    'no-contacts': 'Jemanden einladen',
    'no-server': 'Optionen',
    'not-durable': 'Optionen',
    'never-tested': 'Test senden',
  },
  plain: {
    title: 'Menschen ohne die App',
    lead: 'Sie erfahren von selbst nichts. Hier öffnen sich deine Nachrichten oder deine E-Mail mit einem Text; gesendet wird er dort von dir.',
    leadEnded: 'Wenn du ihnen geschrieben hast, sag ihnen, wie es ausging.',
    writeWord: 'Schreiben',
    mailWord: 'Mailen',
    write: (name) => `${name} schreiben`,
    mail: (name) => `${name} mailen`,
    callWord: 'Anrufen',
    call: (name) => `${name} anrufen`,
    place: 'Dazu, wo ich bin',
    placeHint: 'Eine SMS ist nicht versiegelt: Wer sie befördert, kann sie lesen.',
    subject: 'Bitte ruf mich an',
    sos: 'Ich brauche Hilfe. Bitte ruf mich an. Wenn ich nicht antworte, schick jemanden oder ruf den Notruf.',
    medical:
      'Ich brauche medizinische Hilfe. Bitte ruf mich an. Wenn ich nicht antworte, ruf den Notruf.',
    here: (time) => `Hier bin ich (${time}):`,
    endSubject: 'Zu meinem Hilferuf',
    safe: 'Ich bin in Sicherheit. Danke.',
    cancelled: 'Ich habe meinen Hilferuf zurückgenommen.',
  },
  kitFailedTitle: 'Von hier lässt sich kein Alarm senden',
  kitFailed:
    'Der Teil der App, der Hilfe ruft, ließ sich auf diesem Gerät nicht öffnen. Wenn du in Gefahr bist, ruf 112 oder 911 an.',
}

export const responses: Strings['responses'] = {
  accept: 'Ich kann helfen',
  'on-my-way': 'Bin unterwegs',
  arrived: 'Bin da',
  cannot: 'Ich kann nicht',
}

export const responseOf: Strings['responseOf'] = {
  accept: 'kann helfen',
  'on-my-way': 'ist unterwegs',
  arrived: 'ist da',
  cannot: 'kann nicht kommen',
}
