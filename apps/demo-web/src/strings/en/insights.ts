/** What the diary shows by itself, in English: a sentence for each kind and reason, and for its evidence. */
import type {
  CyclePhase,
  EpisodeKind,
  InsightEvidence,
  InsightKind,
  InsightReasons,
  LeftOut,
  PatternEffect,
  TrendMeasure,
} from '@selene/client-sdk/calendar'

const days = (n: number): string => (n === 1 ? '1 day' : `${n} days`)
const cycles = (n: number): string => (n === 1 ? '1 cycle' : `${n} cycles`)
const periods = (n: number): string => (n === 1 ? '1 period' : `${n} periods`)

const notDuring = (time: string): string => `This is not judged in the time you declared: ${time}.`
const noPeriod = (): string => 'No period of the last six months can be looked at.'

export const insights = {
  title: 'Insights',
  lead: 'What your diary shows by itself. It is worked out on this device. None of it is a diagnosis.',
  none: 'Log some days, and what they show stands here.',
  noticeTitle: 'Worth a look',
  noticeHint:
    'If something here worries you, a doctor can tell you more. An export helps to show it.',
  saidTitle: 'What your diary shows',
  openTitle: 'What cannot be said yet',
  cycleLink: (date: string) => `See the cycle from ${date}`,
  lengthsTitle: 'How long cycles last',
  lengthsNone: 'The first finished cycle is shown here.',
  symptomsTitle: 'Symptoms by phase',
  symptomsNone: 'Symptoms that you log in finished cycles are shown here by phase.',
  symptomsPhases: (observed: number, all: number) =>
    `From ${cycles(all)}. In ${observed} of them signs showed the ovulation; in the others the phases are reckoned back from the end.`,
  symptomsRest: (n: number) => (n === 1 ? 'And 1 rarer one.' : `And ${n} rarer ones.`),
  yearTitle: 'A year at a glance',
  previousYear: 'Previous year',
  nextYear: 'Next year',
  asTable: 'The drawing as a table',
  titles: {
    'cycle-frequency': 'How often periods come',
    'period-duration': 'How long periods last',
    'cycle-regularity': 'How regular cycles are',
    'flow-heaviness': 'How heavy bleeding is',
    'intermenstrual-bleeding': 'Bleeding between periods',
    'possible-missed-log': 'A period that may be missing',
    'symptom-pattern': 'Symptoms',
    'temperature-shift': 'Waking temperature',
    trend: 'Changes over time',
    logging: 'How steadily you log',
  } satisfies Record<InsightKind, string>,
  reasons: {
    'cycle-frequency': {
      normal: (median: string) =>
        `A period comes about every ${median} days. From 24 to 38 is usual.`,
      frequent: (median: string) =>
        `A period comes about every ${median} days, more often than the usual 24 to 38.`,
      infrequent: (median: string, n: number) =>
        median === ''
          ? `Only ${periods(n)} began in the last six months.`
          : `A period comes about every ${median} days, less often than the usual 24 to 38.`,
      absent: (n: number) => `No bleeding has been logged for ${days(n)}, while you kept logging.`,
      'absent-or-not-logged': (n: number) =>
        `No bleeding has been logged for ${days(n)}, and for some of that time nothing at all. Perhaps it is only missing here.`,
      'too-few-cycles': () => 'It takes two finished cycles within six months.',
      episode: notDuring,
    },
    'period-duration': {
      normal: (span: string) => `Periods lasted ${span}. Up to 8 is usual.`,
      prolonged: (span: string) => `Periods lasted ${span}, some longer than the usual 8.`,
      'no-period': noPeriod,
      episode: notDuring,
    },
    'cycle-regularity': {
      regular: (span: string, limit: number) =>
        `Cycles lasted ${span}. Up to ${days(limit)} between the shortest and the longest is regular.`,
      irregular: (span: string, limit: number) =>
        `Cycles lasted ${span}. They differ by more than ${days(limit)}, which is called irregular.`,
      'irregular-expected': (span: string) =>
        `Cycles lasted ${span}. In perimenopause such differences are to be expected.`,
      'too-few-cycles': () => 'It takes three finished cycles within six months.',
      episode: notDuring,
    },
    'flow-heaviness': {
      normal: (all: number) => `In ${periods(all)} bleeding did not keep you from daily life.`,
      heavy: (all: number, heavy: number) =>
        `Bleeding kept you from daily life in ${heavy} of ${periods(all)}. That is what doctors call heavy, and it can often be helped.`,
      'not-said': () =>
        'You have not said if bleeding keeps you from daily life. On a day with bleeding you can.',
      'no-period': noPeriod,
      episode: notDuring,
    },
    'intermenstrual-bleeding': {
      none: (all: number) => `None in ${cycles(all)}.`,
      present: (all: number, seen: number, dates: string) =>
        `In ${seen} of ${cycles(all)} there was bleeding or spotting between periods: ${dates}.`,
      'no-period': noPeriod,
      episode: notDuring,
    },
    'possible-missed-log': {
      'unlikely-length': (date: string, length: number, chance: string) =>
        `The cycle from ${date} lasted ${days(length)}. With a chance of ${chance} a period in it was not logged, so it does not count for now.`,
    },
    'symptom-pattern': {
      'more-in-phase': (often: string, phase: string) => `${often} ${phase}.`,
    },
    'temperature-shift': {
      measured: (low: string, high: string, shift: string) =>
        `Before ovulation it is about ${low}, after it about ${high}: ${shift} more.`,
    },
    trend: {
      rising: (measure: string, change: string) => `${measure}: rising, by about ${change}.`,
      falling: (measure: string, change: string) => `${measure}: falling, by about ${change}.`,
    },
    logging: {
      'most-days': (what: string, n: number, all: number) =>
        `${what}: on most days, ${n} of the last ${all}.`,
      'some-days': (what: string, n: number, all: number) =>
        `${what}: on ${n} of the last ${all} days. More would make forecasts surer.`,
      'few-days': (what: string, n: number, all: number) =>
        `${what}: on ${n} of the last ${all} days, which is little to conclude from.`,
    },
  } satisfies { [K in InsightKind]: Record<InsightReasons[K], (...said: never[]) => string> },
  basis: (all: number, from: string, to: string) => `From ${cycles(all)}, ${from} to ${to}.`,
  span: (from: number, to: number) => (from === to ? days(from) : `${from} to ${days(to)}`),
  atAge: 'The limit is the one for your age.',
  forNoAge: 'No year of birth is given, so the wider limit is taken.',
  leftOut: {
    marked: (n: number) => `You left out ${cycles(n)}.`,
    'too-long': (n: number) => `Too long to count: ${cycles(n)}.`,
    episode: (n: number) => `In a special time: ${cycles(n)}.`,
    'possible-missed-log': (n: number) => `Left out because a period may be missing: ${cycles(n)}.`,
  } satisfies Record<LeftOut['why'], (n: number) => string>,
  episodes: {
    pregnancy: 'pregnancy',
    breastfeeding: 'breastfeeding',
    'hormonal-contraception': 'hormonal contraception',
    perimenopause: 'perimenopause',
  } satisfies Record<EpisodeKind, string>,
  effects: {
    'more-often': 'More often',
    'far-more-often': 'Far more often',
    mostly: 'Mostly',
  } satisfies Record<PatternEffect, string>,
  duringPhase: {
    menstrual: 'during the period',
    follicular: 'between period and ovulation',
    ovulatory: 'around ovulation',
    luteal: 'after ovulation',
    premenstrual: 'in the five days before the period',
  } satisfies Record<CyclePhase, string>,
  phases: {
    menstrual: 'Period',
    follicular: 'First half',
    ovulatory: 'Middle',
    luteal: 'Second half',
    premenstrual: 'Before period',
  } satisfies Record<CyclePhase, string>,
  patternInside: (n: number, logged: number) => `There on ${n} of ${logged} days with entries,`,
  patternOutside: (n: number, logged: number) => `at other times on ${n} of ${logged}.`,
  patternCycles: (n: number, all: number) => `Seen in ${n} of ${cycles(all)}.`,
  lutealLength: (n: string) => `The time after ovulation lasts about ${n} days.`,
  trends: {
    'cycle-length': 'Length of cycles',
    'bleeding-days': 'Days of bleeding',
    weight: 'Weight',
    sleep: 'Sleep',
  } satisfies Record<TrendMeasure, string>,
  inDays: (n: string) => `${n} days`,
  inHours: (n: string) => `${n} hours`,
  since: (date: string) => `Since ${date}.`,
  logged: {
    anything: 'Something logged',
    temperature: 'Temperature',
    mucus: 'Mucus',
  } satisfies Record<InsightEvidence['logging']['what'], string>,
}
