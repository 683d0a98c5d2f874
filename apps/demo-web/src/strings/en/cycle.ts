/** One cycle, in English: what was seen in it, and what the sympto-thermal rules make of that. */
import type {
  FertilityReason,
  FertilityStatus,
  NotCounted,
  SecondarySign,
} from '@selene/client-sdk/calendar'

const days = (n: number): string => (n === 1 ? '1 day' : `${n} days`)

export const cycle = {
  title: (date: string) => `Cycle from ${date}`,
  none: 'No cycle yet',
  noneText: 'A cycle begins with the first day of bleeding that you log.',
  previous: 'Previous cycle',
  next: 'Next cycle',
  running: (day: number) => `It goes on; today is day ${day}.`,
  over: (length: number) => `It lasted ${days(length)}.`,
  bleeding: (n: number) => `Bleeding: ${days(n)}.`,
  notCounted: {
    marked: 'You left it out: it does not count for forecasts and statistics.',
    'too-long': 'It is too long to count for forecasts and statistics.',
    episode: 'It lies in a special time that you declared, so it does not count for forecasts.',
  } satisfies Record<NotCounted, string>,
  curve: 'Temperature and signs',
  noCurve: 'Log temperature or mucus, and a curve is drawn here.',
  asTable: 'The drawing as a table',
  seenTitle: 'What the signs show',
  seenNothing: 'No temperature, mucus or cervix was logged that could be evaluated.',
  leaveOutTitle: 'Unlike the others?',
  leaveOut: 'Leave this cycle out',
  leaveOutHint:
    'After illness, a long journey or anything else that changed it. It stays in the diary, and forecasts and statistics pass over it.',
  fertilityTitle: 'Fertile and infertile days',
  fertilityLead: 'By the sympto-thermal rules, from what was logged.',
  notContraception:
    'This describes what was logged. It is not contraception: nobody has checked your readings, and days can be judged wrongly.',
  span: (from: string, to: string) => `${from} to ${to}`,
  statuses: {
    'infertile-before': 'By the rules infertile, before ovulation',
    fertile: 'Fertile, or not shown to be infertile',
    'infertile-after': 'By the rules infertile, after ovulation',
    unknown: 'Not known',
  } satisfies Record<FertilityStatus, string>,
  signs: { mucus: 'Mucus', cervix: 'Cervix' } satisfies Record<SecondarySign, string>,
  /** Arguments are days, temperatures and counts in words, at most three to each. */
  reasons: {
    'temperature/shift': (day: string, coverLine: string, last: string) =>
      `The temperature rose on ${day} above ${coverLine}, the highest of the six readings before. The rise was complete on ${last}.`,
    'temperature/rising': (day: string, coverLine: string) =>
      `The temperature rose on ${day} above ${coverLine}; it is too early to say whether it stays.`,
    'temperature/too-few-readings': (n: number) =>
      n === 0
        ? 'No temperature was logged.'
        : `There are too few temperatures, or gaps between them, to judge a rise (readings: ${n}).`,
    'temperature/base-too-spread': (day: string) =>
      `The temperature rose on ${day}, but the six readings before it lie too far apart to judge it.`,
    'temperature/day-missing': (day: string, missing: string) =>
      `The temperature rose on ${day}, but ${missing} has no reading, so it cannot be judged.`,
    'temperature/no-shift': () => 'No lasting rise in temperature is to be seen.',
    'sign/peak': (sign: string, day: string) =>
      `${sign}: the peak was on ${day}, and three days of lower quality followed.`,
    'sign/open': (sign: string, day: string) =>
      `${sign}: the best quality so far was on ${day}; three lower days have not followed yet.`,
    'sign/day-missing': (sign: string, day: string, missing: string) =>
      `${sign}: the best quality was on ${day}, but ${missing} has no entry, so the peak is not certain.`,
    'sign/no-peak': (sign: string, observed: number) =>
      observed === 0
        ? `${sign}: nothing was logged.`
        : `${sign}: logged on ${days(observed)}, and never of the quality that comes before ovulation.`,
    'before/no-shift-last-cycle': () =>
      'The cycle before shows no complete rise in temperature, so no day at the beginning can be called infertile.',
    'before/first-five-days': () =>
      'The first five days count as infertile: no rise in the cycles before came so early that fewer would.',
    'before/minus-eight': (n: number, earliest: number, cycles: number) =>
      n === 0
        ? `In the last ${cycles} cycles the earliest rise came on day ${earliest}; eight days before that leaves no infertile day at the beginning.`
        : `In the last ${cycles} cycles the earliest rise came on day ${earliest}; eight days less makes day ${n} the last infertile one.`,
    'before/fertile-sign': (sign: string, day: string) =>
      `${sign}: a fertile sign on ${day} ended these days.`,
    'before/temperature-rise': (day: string) => `A rise in temperature on ${day} ended these days.`,
    'after/double-check': (day: string, laterSign: string) =>
      `Both signs are complete on the evening of ${day}; ${laterSign}.`,
    'nothing-observed': () =>
      'No temperature, mucus or cervix was logged that the rules could judge.',
  } satisfies { [C in FertilityReason['code']]: (...said: never[]) => string },
  laterSigns: {
    temperature: 'the temperature was the later one',
    mucus: 'the mucus was the later one',
    cervix: 'the cervix was the later one',
    both: 'both on the same day',
  } satisfies Record<SecondarySign | 'temperature' | 'both', string>,
}
