/** What the diary shows by itself, in German. */
import type { Strings } from '../en.ts'

const days = (n: number): string => (n === 1 ? '1 Tag' : `${n} Tage`)
const onDays = (n: number): string => (n === 1 ? '1 Tag' : `${n} Tagen`)
const ofCycles = (n: number): string => (n === 1 ? '1 Zyklus' : `${n} Zyklen`)
const ofPeriods = (n: number): string => (n === 1 ? '1 Periode' : `${n} Perioden`)

const notDuring = (time: string): string =>
  `In der Zeit, die du angegeben hast, wird das nicht beurteilt: ${time}.`
const noPeriod = (): string => 'Aus den letzten sechs Monaten lässt sich keine Periode ansehen.'

export const insights: Strings['insights'] = {
  title: 'Einblicke',
  lead: 'Was dein Tagebuch von selbst zeigt. Es wird auf diesem Gerät berechnet. Nichts davon ist eine Diagnose.',
  none: 'Notiere einige Tage, dann steht hier, was sie zeigen.',
  noticeTitle: 'Einen Blick wert',
  noticeHint:
    'Wenn dich davon etwas beunruhigt, kann eine Ärztin dir mehr sagen. Ein Export hilft, es zu zeigen.',
  saidTitle: 'Was dein Tagebuch zeigt',
  openTitle: 'Was sich noch nicht sagen lässt',
  cycleLink: (date) => `Den Zyklus ab ${date} ansehen`,
  lengthsTitle: 'Wie lang Zyklen dauern',
  lengthsNone: 'Hier erscheint der erste abgeschlossene Zyklus.',
  symptomsTitle: 'Beschwerden nach Phase',
  symptomsNone:
    'Beschwerden, die du in abgeschlossenen Zyklen notierst, erscheinen hier nach Phase.',
  symptomsPhases: (observed, all) =>
    `Aus ${ofCycles(all)}. In ${observed} davon zeigten Zeichen den Eisprung; in den anderen sind die Phasen vom Ende her gerechnet.`,
  symptomsRest: (n) => (n === 1 ? 'Und 1 seltenere.' : `Und ${n} seltenere.`),
  yearTitle: 'Ein Jahr auf einen Blick',
  previousYear: 'Vorheriges Jahr',
  nextYear: 'Nächstes Jahr',
  asTable: 'Die Zeichnung als Tabelle',
  titles: {
    'cycle-frequency': 'Wie oft Perioden kommen',
    'period-duration': 'Wie lang Perioden dauern',
    'cycle-regularity': 'Wie regelmäßig Zyklen sind',
    'flow-heaviness': 'Wie stark die Blutung ist',
    'intermenstrual-bleeding': 'Blutung zwischen Perioden',
    'possible-missed-log': 'Vielleicht fehlt eine Periode',
    'symptom-pattern': 'Beschwerden',
    'temperature-shift': 'Aufwachtemperatur',
    trend: 'Veränderungen',
    logging: 'Wie regelmäßig du notierst',
  },
  reasons: {
    'cycle-frequency': {
      normal: (median) => `Etwa alle ${median} Tage kommt eine Periode. Üblich sind 24 bis 38.`,
      frequent: (median) =>
        `Etwa alle ${median} Tage kommt eine Periode, öfter als die üblichen 24 bis 38.`,
      infrequent: (median, n) =>
        median === ''
          ? `In den letzten sechs Monaten ${n === 1 ? 'begann nur 1 Periode' : `begannen nur ${n} Perioden`}.`
          : `Etwa alle ${median} Tage kommt eine Periode, seltener als die üblichen 24 bis 38.`,
      absent: (n) => `Seit ${onDays(n)} ist keine Blutung notiert, obwohl du weiter notiert hast.`,
      'absent-or-not-logged': (n) =>
        `Seit ${onDays(n)} ist keine Blutung notiert, und zeitweise gar nichts. Vielleicht fehlt sie nur hier.`,
      'too-few-cycles': () => 'Dafür braucht es zwei abgeschlossene Zyklen in sechs Monaten.',
      episode: notDuring,
    },
    'period-duration': {
      normal: (span) => `Perioden dauerten ${span}. Bis zu 8 sind üblich.`,
      prolonged: (span) => `Perioden dauerten ${span}, manche länger als die üblichen 8.`,
      'no-period': noPeriod,
      episode: notDuring,
    },
    'cycle-regularity': {
      regular: (span, limit) =>
        `Zyklen dauerten ${span}. Bis zu ${days(limit)} zwischen dem kürzesten und dem längsten gelten als regelmäßig.`,
      irregular: (span, limit) =>
        `Zyklen dauerten ${span}. Sie unterscheiden sich um mehr als ${days(limit)}; das nennt man unregelmäßig.`,
      'irregular-expected': (span) =>
        `Zyklen dauerten ${span}. In der Perimenopause sind solche Unterschiede zu erwarten.`,
      'too-few-cycles': () => 'Dafür braucht es drei abgeschlossene Zyklen in sechs Monaten.',
      episode: notDuring,
    },
    'flow-heaviness': {
      normal: (all) => `In ${ofPeriods(all)} hat die Blutung dich nicht vom Alltag abgehalten.`,
      heavy: (all, heavy) =>
        `In ${heavy} von ${ofPeriods(all)} hat die Blutung dich vom Alltag abgehalten. Das nennt man in der Medizin stark, und oft lässt sich etwas dagegen tun.`,
      'not-said': () =>
        'Du hast nicht gesagt, ob die Blutung dich vom Alltag abhält. An einem Tag mit Blutung kannst du es.',
      'no-period': noPeriod,
      episode: notDuring,
    },
    'intermenstrual-bleeding': {
      none: (all) => `Keine in ${ofCycles(all)}.`,
      present: (all, seen, dates) =>
        `In ${seen} von ${ofCycles(all)} gab es zwischen Perioden eine Blutung oder Schmierblutung: ${dates}.`,
      'no-period': noPeriod,
      episode: notDuring,
    },
    'possible-missed-log': {
      'unlikely-length': (date, length, chance) =>
        `Der Zyklus ab ${date} dauerte ${days(length)}. Mit einer Wahrscheinlichkeit von ${chance} ist darin eine Periode nicht notiert; darum zählt er vorerst nicht.`,
    },
    'symptom-pattern': {
      'more-in-phase': (often, phase) => `${often} ${phase}.`,
    },
    'temperature-shift': {
      measured: (low, high, shift) =>
        `Vor dem Eisprung liegt sie bei etwa ${low}, danach bei etwa ${high}: ${shift} mehr.`,
    },
    trend: {
      rising: (measure, change) => `${measure}: steigend, um etwa ${change}.`,
      falling: (measure, change) => `${measure}: fallend, um etwa ${change}.`,
    },
    logging: {
      'most-days': (what, n, all) => `${what}: an den meisten Tagen, ${n} der letzten ${all}.`,
      'some-days': (what, n, all) =>
        `${what}: an ${n} der letzten ${all} Tage. Mit mehr wären Vorhersagen sicherer.`,
      'few-days': (what, n, all) =>
        `${what}: an ${n} der letzten ${all} Tage; daraus lässt sich wenig schließen.`,
    },
  },
  basis: (all, from, to) => `Aus ${ofCycles(all)}, ${from} bis ${to}.`,
  span: (from, to) => (from === to ? days(from) : `${from} bis ${days(to)}`),
  atAge: 'Die Grenze ist die für dein Alter.',
  forNoAge: 'Es ist kein Geburtsjahr angegeben; darum gilt die weitere Grenze.',
  leftOut: {
    marked: (n) => `Von dir ausgelassen: ${ofCycles(n)}.`,
    'too-long': (n) => `Zu lang, um zu zählen: ${ofCycles(n)}.`,
    episode: (n) => `In einer besonderen Zeit: ${ofCycles(n)}.`,
    'possible-missed-log': (n) =>
      `Ausgelassen, weil vielleicht eine Periode fehlt: ${ofCycles(n)}.`,
  },
  episodes: {
    pregnancy: 'Schwangerschaft',
    breastfeeding: 'Stillzeit',
    'hormonal-contraception': 'hormonelle Verhütung',
    perimenopause: 'Perimenopause',
  },
  effects: { 'more-often': 'Öfter', 'far-more-often': 'Weit öfter', mostly: 'Meist' },
  duringPhase: {
    menstrual: 'während der Periode',
    follicular: 'zwischen Periode und Eisprung',
    ovulatory: 'um den Eisprung',
    luteal: 'nach dem Eisprung',
    premenstrual: 'in den fünf Tagen vor der Periode',
  },
  phases: {
    menstrual: 'Periode',
    follicular: 'Erste Hälfte',
    ovulatory: 'Mitte',
    luteal: 'Zweite Hälfte',
    premenstrual: 'Vor der Periode',
  },
  patternInside: (n, logged) => `Dort an ${n} von ${onDays(logged)} mit Einträgen,`,
  patternOutside: (n, logged) => `sonst an ${n} von ${logged}.`,
  patternCycles: (n, all) => `Gesehen in ${n} von ${ofCycles(all)}.`,
  lutealLength: (n) => `Die Zeit nach dem Eisprung dauert etwa ${n} Tage.`,
  trends: {
    'cycle-length': 'Länge der Zyklen',
    'bleeding-days': 'Tage mit Blutung',
    weight: 'Gewicht',
    sleep: 'Schlaf',
  },
  inDays: (n) => `${n} Tage`,
  inHours: (n) => `${n} Stunden`,
  since: (date) => `Seit ${date}.`,
  logged: { anything: 'Etwas notiert', temperature: 'Temperatur', mucus: 'Zervixschleim' },
}
