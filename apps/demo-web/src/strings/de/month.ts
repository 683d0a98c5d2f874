/** The calendar, in German. */
import type { Strings } from '../en.ts'

const days = (n: number): string => (n === 1 ? '1 Tag' : `${n} Tage`)

export const month: Strings['month'] = {
  previous: 'Vorheriger Monat',
  next: 'Nächster Monat',
  thisMonth: 'Dieser Monat',
  grid: 'Tage des Monats',
  todayMark: 'heute',
  bleeding: (strength) => `Blutung: ${strength.toLowerCase()}`,
  logged: 'anderes notiert',
  empty: 'nichts notiert',
  legend: 'Was die Zeichen bedeuten',
  legendLogged: 'Anderes',
  keys: 'Pfeiltasten gehen von Tag zu Tag, Bild auf und Bild ab von Monat zu Monat, Eingabe öffnet einen Tag.',
}

export const forecast: Strings['forecast'] = {
  views: 'Ansichten deines Kalenders',
  month: 'Monat',
  cycle: 'Zyklus',
  insights: 'Einblicke',
  title: 'Was zu erwarten ist',
  today: 'heute',
  tomorrow: 'morgen',
  onDay: (date) => `am ${date}`,
  theDay: (date) => `dem ${date}`,
  between: (from, to) => `zwischen ${from} und ${to}`,
  next: (when) => `Nächste Periode: am ehesten ${when}`,
  inMostCases: (between) => `In 8 von 10 Fällen beginnt sie ${between}.`,
  overdue: (n) => `${days(n)} später als erwartet`,
  overdueNext: (when, between) => `Am ehesten beginnt sie ${when}; in 8 von 10 Fällen ${between}.`,
  unlogged:
    'Inzwischen ist es wahrscheinlicher, dass eine Periode nicht notiert wurde. Bis du es sagst, gibt es kein neues Datum.',
  vouched:
    'Du hast gesagt, dass keine Periode fehlt. Ein neues Datum gibt es, sobald die nächste beginnt.',
  cycleDay: (n) => `Tag ${n} dieses Zyklus`,
  ofCycle: (n) => `Tag ${n} seines Zyklus`,
  noCycle: 'Noch keine Vorhersage',
  noCycleText:
    'Notiere einen Tag mit Blutung, dann gibt es eine erste Vorhersage. Mit jedem Zyklus kennt sie dich besser.',
  interrupted: 'Zurzeit keine Vorhersage',
  interruptedText: 'Mit deiner nächsten Periode beginnt sie wieder.',
  paused: 'Die Vorhersage ruht',
  pausedTexts: {
    pregnancy: 'In der Schwangerschaft, die du angegeben hast, wird keine Periode erwartet.',
    breastfeeding:
      'In der Stillzeit lässt sich nicht sagen, wann Perioden wiederkommen. Vor der ersten kann es schon einen Eisprung geben.',
    'hormonal-contraception':
      'Bei hormoneller Verhütung kommt eine Blutung von den Hormonen und nicht von einem Zyklus.',
    perimenopause: 'In der Zeit, die du angegeben hast, wird keine Periode erwartet.',
  },
  dueDate: (date) => `Geschätzter Geburtstermin: ${date}.`,
  dueDateHint:
    'Das ist eine Schätzung, gezählt vom ersten Tag der letzten Periode. Wer dich in der Schwangerschaft betreut, kann es genauer sagen.',
  change: 'Besondere Zeiten ändern',
  bringDiary: 'Ein Tagebuch aus einer anderen App mitbringen',
  marks: {
    bleeding: {
      1: 'Periode erwartet: möglich',
      2: 'Periode erwartet: wahrscheinlich',
      3: 'Periode erwartet: sehr wahrscheinlich',
    },
    fertile: {
      1: 'fruchtbarer Tag, Schätzung: möglich',
      2: 'fruchtbarer Tag, Schätzung: wahrscheinlich',
      3: 'fruchtbarer Tag, Schätzung: sehr wahrscheinlich',
    },
  },
  legendLogged: 'Notiert',
  legendExpected: 'Erwartet',
  legendBleeding: 'Periode: möglich, wahrscheinlich, sehr wahrscheinlich',
  legendFertile: 'Fruchtbar: möglich, wahrscheinlich, sehr wahrscheinlich',
  legendHint:
    'Weiter voraus verteilen sich die Tage, und die Zeichen enden, wo kaum ein Tag wahrscheinlicher ist als ein anderer.',
  notContraception:
    'Fruchtbare Tage sind Schätzungen und können um viele Tage danebenliegen. Das ist keine Verhütung.',
  askTitle: 'Hast du vergessen, eine Periode zu notieren?',
  askText: (date) => `Die letzte, die hier steht, begann am ${date}.`,
  askPast: 'Fehlt in diesem Zyklus eine Periode?',
  askPastText: (length) => `Er dauerte ${days(length)}, das ist lang für dich.`,
  askLogTitle: 'Die Periode, die nicht notiert ist',
  askDate: 'Sie begann am',
  askStrength: 'Wie stark die Blutung an dem Tag war',
  askUnknown: 'Weiß ich nicht',
  askLog: 'Ja, notieren',
  askDateFault: (from, to) => `Wähle einen Tag vom ${from} bis zum ${to}.`,
  askNothing: 'Nein, es fehlt keine',
  askNothingHint: (date) =>
    `„Nein“ wird am ${date} notiert: Dort beginnt kein Zyklus. Du wirst eine Weile nicht mehr gefragt.`,
  proposalTitle: (date) => `Am ${date} begann eine Blutung. Ist es eine neue Periode?`,
  proposalText: (n) =>
    `Sie kam ${n === 1 ? '1 Tag' : `${n} Tage`} nach dem Beginn der letzten Periode. Du entscheidest, ob sie als Beginn eines Zyklus zählt.`,
  proposalYes: 'Ja, ein Zyklus beginnt',
  proposalNo: 'Nein',
  worthALook: 'Etwas ist vielleicht einen Blick wert',
}
