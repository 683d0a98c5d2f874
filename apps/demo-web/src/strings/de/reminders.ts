/** Reminders: when they come, and how they are made, in German. */
import type { Strings } from '../en.ts'

export const reminders: Strings['reminders'] = {
  title: 'Erinnerungen',
  notice: 'Eine Notiz für dich',
  open: 'Erinnerungen ansehen',
  reachTitle: 'Wann sie kommen',
  reach: {
    always: 'Erinnerungen kommen auch, wenn die App geschlossen ist.',
    'while-open':
      'Im Web kommen Erinnerungen nur, solange diese Seite in einem Tab offen ist. Ist sie geschlossen, kommt keine.',
    none: 'Dieser Browser zeigt keine Erinnerungen. Sie stehen nur in dieser Liste.',
  },
  neutral: (notice) =>
    `Eine Erinnerung sagt „${notice}“ und nicht mehr: Wer deinen Bildschirm sieht, erfährt nicht, worum es geht.`,
  permission: {
    default:
      'Sie erscheinen auf dieser Seite. Dein System kann sie auch über anderen Fenstern zeigen.',
    granted: 'Auch dein System zeigt sie, wo dieser Browser es kann.',
    denied:
      'Sie erscheinen nur auf dieser Seite: Dieser Browser lässt sie keine Mitteilungen senden. Du kannst sie in seinen Einstellungen für diese Website erlauben.',
    unsupported:
      'Sie erscheinen nur auf dieser Seite: Dieser Browser hat für sie keine Mitteilungen.',
  },
  allow: 'Mitteilungen erlauben',
  cameTitle: 'Gekommen',
  putAway: 'Weglegen',
  nextTitle: 'Demnächst',
  nextNone: 'Es steht nichts an.',
  moment: (day, time) => `${day}, ${time}`,
  movedQuiet: 'Wartet auf das Ende der Ruhezeit.',
  movedClock: 'Später als sonst: Die Uhren werden umgestellt.',
  because: {
    'period-expected': 'Periode bald erwartet',
    'period-overdue': 'Periode später als erwartet',
    'fertile-window-begins': 'Fruchtbare Tage beginnen',
    'pill-day': 'Pille',
    'ring-in': 'Ring einsetzen',
    'ring-out': 'Ring herausnehmen',
    'patch-on': 'Pflaster aufkleben',
    'patch-change': 'Pflaster wechseln',
    'patch-off': 'Pflaster abnehmen',
    waking: 'Temperatur messen',
    'check-up-due': 'Vorsorge',
    own: 'Eigene Erinnerung',
  },
  expected: (date) => `Erwartet um den ${date}`,
  expectedBy: (date) => `Erwartet bis ${date}`,
  packDay: (n) => `Tag ${n} der Packung`,
  rulesTitle: 'Deine Erinnerungen',
  none: 'Du hast noch keine.',
  add: 'Erinnerung hinzufügen',
  addTitle: 'Neue Erinnerung',
  changeTitle: 'Erinnerung ändern',
  changeLabel: (what) => `Ändern: ${what}`,
  removeLabel: (what) => `Entfernen: ${what}`,
  removeTitle: (what) => `„${what}“ entfernen?`,
  removeText: 'Sie kommt nicht mehr. Für eine Weile genügt es, sie auszuschalten.',
  kind: 'Worum es geht',
  kinds: {
    'period-due': 'Periode kommt',
    'period-late': 'Periode verspätet',
    'fertile-window': 'Fruchtbare Tage',
    pill: 'Pille',
    ring: 'Ring',
    patch: 'Pflaster',
    temperature: 'Temperatur',
    'check-up': 'Vorsorge',
    own: 'Etwas anderes',
  },
  meanings: {
    'period-due':
      'Vor dem wahrscheinlichsten ersten Tag deiner nächsten Periode. Dafür braucht es eine Vorhersage.',
    'period-late':
      'Einmal, wenn deine Periode bis zu dem Tag nicht da ist, an dem sie erwartet wurde.',
    'fertile-window': 'Am ersten fruchtbaren Tag, nach einer Schätzung. Das ist keine Verhütung.',
    pill: 'An jedem Tag mit einer Pille.',
    ring: 'Drei Wochen mit, eine Woche ohne.',
    patch: 'Drei Wochen lang jede Woche ein neues, eine Woche ohne.',
    temperature: 'Jeden Tag, wenn du aufwachst.',
    'check-up': 'In einer Praxis oder bei dir selbst, alle paar Monate.',
    own: 'Einmal oder immer wieder.',
  },
  time: 'Uhrzeit',
  timeFault: 'Wähle eine Uhrzeit.',
  dateFault: 'Wähle einen Tag.',
  wholeFault: (min, max) => `Gib eine ganze Zahl von ${min} bis ${max} ein.`,
  labelFault: (max) => `Höchstens ${max} Zeichen.`,
  daysBefore: 'Tage vorher',
  pack: 'Wie sie verpackt sind',
  packs: { daily: 'Jeden Tag', '21-7': '21 von 28 Tagen', '24-4': '24 von 28 Tagen' },
  from: {
    pill: 'Erster Tag einer Packung',
    ring: 'Tag, an dem der Ring eingesetzt wird',
    patch: 'Tag des ersten Pflasters',
    'check-up': 'Das erste Mal',
    own: 'Das erste Mal',
  },
  onceOn: 'Tag',
  everyMonths: 'Monate bis zum nächsten Mal',
  repeat: 'Wie oft',
  repeats: { once: 'Einmal', day: 'Täglich', week: 'Wöchentlich', month: 'Monatlich' },
  every: {
    day: 'Tage bis zum nächsten Mal',
    week: 'Wochen bis zum nächsten Mal',
    month: 'Monate bis zum nächsten Mal',
  },
  label: 'Was es ist',
  labelHint: 'Nur für dich: Es steht nur in dieser Liste.',
  pastOdd: 'Diese Zeit ist vorbei: Es käme nichts.',
  quietOdd: 'Diese Zeit liegt in deiner Ruhezeit: Die Erinnerung wartet auf deren Ende.',
  quietExact: 'Diese Zeit liegt in deiner Ruhezeit: Die Erinnerung kommt trotzdem.',
  summary: {
    daily: (time) => `Jeden Tag um ${time}`,
    at: (time) => `Um ${time}`,
    'period-due': (n, time) =>
      n === 0
        ? `Am Tag, an dem sie erwartet wird, um ${time}`
        : n === 1
          ? `1 Tag vorher, um ${time}`
          : `${n} Tage vorher, um ${time}`,
    pack: (pack, time) => `${pack}, um ${time}`,
    once: (date, time) => `Einmal am ${date}, um ${time}`,
    every: {
      day: (n, time) => (n === 1 ? `Jeden Tag um ${time}` : `Alle ${n} Tage, um ${time}`),
      week: (n, time) => (n === 1 ? `Jede Woche, um ${time}` : `Alle ${n} Wochen, um ${time}`),
      month: (n, time) => (n === 1 ? `Jeden Monat, um ${time}` : `Alle ${n} Monate, um ${time}`),
    },
  },
  silence: {
    forecast: 'Sie wartet auf eine Vorhersage.',
    past: 'Ihre Zeit ist vorbei.',
    later: 'Sie kommt in mehr als zwei Monaten.',
  },
  quietTitle: 'Ruhezeit',
  quietLead:
    'Erinnerungen warten, bis sie vorbei ist. Nur Pille und Temperatur kommen trotzdem zu ihrer Zeit.',
  quiet: 'Stunden ohne Erinnerungen',
  quietFrom: 'Von',
  quietTo: 'Bis',
  quietFault: 'Wähle zwei verschiedene Zeiten.',
}
