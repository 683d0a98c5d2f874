/** One cycle, in German. */
import type { Strings } from '../en.ts'

const days = (n: number): string => (n === 1 ? '1 Tag' : `${n} Tage`)
const onDays = (n: number): string => (n === 1 ? '1 Tag' : `${n} Tagen`)

export const cycle: Strings['cycle'] = {
  title: (date) => `Zyklus ab ${date}`,
  none: 'Noch kein Zyklus',
  noneText: 'Ein Zyklus beginnt mit dem ersten Tag der Blutung, den du notierst.',
  previous: 'Vorheriger Zyklus',
  next: 'Nächster Zyklus',
  running: (day) => `Er dauert an; heute ist Tag ${day}.`,
  over: (length) => `Er dauerte ${days(length)}.`,
  bleeding: (n) => `Blutung: ${days(n)}.`,
  notCounted: {
    marked: 'Du hast ihn ausgelassen: Er zählt nicht für Vorhersagen und Statistik.',
    'too-long': 'Er ist zu lang, um für Vorhersagen und Statistik zu zählen.',
    episode:
      'Er liegt in einer besonderen Zeit, die du angegeben hast, und zählt nicht für Vorhersagen.',
  },
  curve: 'Temperatur und Zeichen',
  noCurve: 'Notiere Temperatur oder Zervixschleim, dann wird hier eine Kurve gezeichnet.',
  asTable: 'Die Zeichnung als Tabelle',
  seenTitle: 'Was die Zeichen zeigen',
  seenNothing:
    'Es ist weder Temperatur noch Zervixschleim noch Muttermund notiert, die sich auswerten ließen.',
  leaveOutTitle: 'Anders als die anderen?',
  leaveOut: 'Diesen Zyklus auslassen',
  leaveOutHint:
    'Nach Krankheit, einer langen Reise oder was ihn sonst verändert hat. Er bleibt im Tagebuch; Vorhersagen und Statistik übergehen ihn.',
  fertilityTitle: 'Fruchtbare und unfruchtbare Tage',
  fertilityLead: 'Nach den symptothermalen Regeln, aus dem, was notiert ist.',
  notContraception:
    'Das beschreibt, was notiert ist. Es ist keine Verhütung: Niemand hat deine Werte geprüft, und Tage können falsch beurteilt sein.',
  span: (from, to) => `${from} bis ${to}`,
  statuses: {
    'infertile-before': 'Nach den Regeln unfruchtbar, vor dem Eisprung',
    fertile: 'Fruchtbar, oder nicht als unfruchtbar erwiesen',
    'infertile-after': 'Nach den Regeln unfruchtbar, nach dem Eisprung',
    unknown: 'Nicht bekannt',
  },
  signs: { mucus: 'Zervixschleim', cervix: 'Muttermund' },
  reasons: {
    'temperature/shift': (day, coverLine, last) =>
      `Die Temperatur stieg am ${day} über ${coverLine}, den höchsten der sechs Werte davor. Der Anstieg war am ${last} abgeschlossen.`,
    'temperature/rising': (day, coverLine) =>
      `Die Temperatur stieg am ${day} über ${coverLine}; ob sie oben bleibt, lässt sich noch nicht sagen.`,
    'temperature/too-few-readings': (n) =>
      n === 0
        ? 'Es ist keine Temperatur notiert.'
        : `Es gibt zu wenige Temperaturen oder Lücken zwischen ihnen, um einen Anstieg zu beurteilen (Werte: ${n}).`,
    'temperature/base-too-spread': (day) =>
      `Die Temperatur stieg am ${day}, doch die sechs Werte davor liegen zu weit auseinander, um das zu beurteilen.`,
    'temperature/day-missing': (day, missing) =>
      `Die Temperatur stieg am ${day}, doch am ${missing} fehlt ein Wert; darum lässt es sich nicht beurteilen.`,
    'temperature/no-shift': () => 'Ein bleibender Anstieg der Temperatur ist nicht zu sehen.',
    'sign/peak': (sign, day) =>
      `${sign}: Der Höhepunkt war am ${day}, und drei Tage geringerer Qualität folgten.`,
    'sign/open': (sign, day) =>
      `${sign}: Die beste Qualität bisher war am ${day}; drei geringere Tage sind noch nicht gefolgt.`,
    'sign/day-missing': (sign, day, missing) =>
      `${sign}: Die beste Qualität war am ${day}, doch am ${missing} fehlt ein Eintrag; darum ist der Höhepunkt nicht sicher.`,
    'sign/no-peak': (sign, observed) =>
      observed === 0
        ? `${sign}: Nichts ist notiert.`
        : `${sign}: An ${onDays(observed)} notiert, und nie von der Qualität, die vor einem Eisprung kommt.`,
    'before/no-shift-last-cycle': () =>
      'Der Zyklus davor zeigt keinen abgeschlossenen Anstieg der Temperatur; darum lässt sich am Anfang kein Tag unfruchtbar nennen.',
    'before/first-five-days': () =>
      'Die ersten fünf Tage gelten als unfruchtbar: Kein Anstieg in den Zyklen davor kam so früh, dass es weniger wären.',
    'before/minus-eight': (n, earliest, cycles) =>
      n === 0
        ? `In den letzten ${cycles} Zyklen kam der früheste Anstieg an Tag ${earliest}; acht Tage davor bleibt am Anfang kein unfruchtbarer Tag.`
        : `In den letzten ${cycles} Zyklen kam der früheste Anstieg an Tag ${earliest}; acht Tage weniger machen Tag ${n} zum letzten unfruchtbaren.`,
    'before/fertile-sign': (sign, day) =>
      `${sign}: Ein fruchtbares Zeichen am ${day} hat diese Tage beendet.`,
    'before/temperature-rise': (day) =>
      `Ein Anstieg der Temperatur am ${day} hat diese Tage beendet.`,
    'after/double-check': (day, laterSign) =>
      `Beide Zeichen sind am Abend des ${day} abgeschlossen; ${laterSign}.`,
    'nothing-observed': () =>
      'Es ist weder Temperatur noch Zervixschleim noch Muttermund notiert, die die Regeln beurteilen könnten.',
  },
  laterSigns: {
    temperature: 'das spätere war die Temperatur',
    mucus: 'das spätere war der Zervixschleim',
    cervix: 'das spätere war der Muttermund',
    both: 'beide am selben Tag',
  },
}
