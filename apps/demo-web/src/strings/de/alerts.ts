/** Calls of others, in German. */
import type { Strings } from '../en.ts'

export const alerts: Strings['alerts'] = {
  title: 'Hilferufe',
  none: 'Niemand ruft dich um Hilfe.',
  banner: (name) => `${name} braucht Hilfe`,
  bannerTest: (name) => `${name} hat einen Test gesendet`,
  bannerNearby: 'Jemand in deiner Nähe braucht Hilfe',
  open: 'Hilferuf ansehen',
  from: (name) => `${name} braucht Hilfe`,
  fromTest: (name) => `Ein Test von ${name}`,
  nearby: 'Jemand in deiner Nähe braucht Hilfe',
  ended: (name) => `${name} hat um Hilfe gerufen`,
  endedNearby: 'Jemand in deiner Nähe hat um Hilfe gerufen',
  medical: 'Es wird medizinische Hilfe gebraucht.',
  testText:
    'Das ist ein Test. Niemand ist in Gefahr. Antworte, damit feststeht, dass der Weg funktioniert.',
  unverified:
    'Das sagt bisher nur der Server: Das Gerät dieser Person hat die Einzelheiten noch nicht bestätigt.',
  raised: 'Um Hilfe gerufen',
  received: 'Beim Server',
  byTheirClock: 'nach der Uhr des anderen Geräts',
  late: 'Dieser Ruf hat lange gebraucht. Vielleicht ist es inzwischen anders.',
  message: 'Nachricht',
  position: 'Wo',
  noPosition: 'Mit diesem Ruf kam keine Position.',
  accuracy: (metres) => `Auf ${metres} m genau`,
  measured: (age) => `gemessen ${age}`,
  coordinates: 'Koordinaten',
  openMap: 'In einer Karten-App öffnen',
  openOsm: 'OpenStreetMap öffnen (eine Website; sie erfährt diesen Ort)',
  answer: 'Deine Antwort',
  answered: (what) => `Du hast geantwortet: ${what}`,
  acceptFirst: 'Du siehst erst nach deiner Zusage, wo. Sag nur zu, wenn du hingehen kannst.',
  locate: 'Zeigen, wo',
  locateHint: 'Der Server entscheidet, ob dir der Ort gezeigt wird. Die Person erfährt davon.',
  states: {
    open: 'Offen',
    resolved: 'Die Person ist sicher. Der Ruf ist beendet.',
    cancelled: 'Der Ruf wurde abgebrochen.',
    expired: 'Der Ruf ist von selbst zu Ende gegangen.',
  },
}
