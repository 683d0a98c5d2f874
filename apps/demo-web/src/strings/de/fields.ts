/** Fields of a day by name, and their answers, in German. */
import type { Strings } from '../en.ts'

export const choices: Strings['choices'] = {
  'bleeding.value': {
    label: 'Blutung',
    options: ['Schmierblutung', 'Leicht', 'Mittel', 'Stark'],
  },
  'mucus.feeling': { label: 'Gefühl', options: ['Trocken', 'Nichts', 'Feucht', 'Rutschig'] },
  'mucus.texture': { label: 'Aussehen', options: ['Nichts', 'Cremig', 'Wie Eiweiß'] },
  'cervix.opening': { label: 'Öffnung', options: ['Geschlossen', 'Mittel', 'Offen'] },
  'cervix.firmness': { label: 'Festigkeit', options: ['Hart', 'Weich'] },
  'cervix.position': { label: 'Lage', options: ['Tief', 'Mittel', 'Hoch'] },
  'desire.value': { label: 'Lust', options: ['Wenig', 'Mittel', 'Viel'] },
  'ovulationTest.result': { label: 'Ovulationstest', options: ['Niedrig', 'Hoch', 'Spitze'] },
  'pregnancyTest.result': { label: 'Schwangerschaftstest', options: ['Negativ', 'Positiv'] },
  'pain.strength': { label: 'Wie stark', options: ['Leicht', 'Mittel', 'Stark'] },
  'sleep.quality': { label: 'Wie du geschlafen hast', options: ['Schlecht', 'Mittel', 'Gut'] },
}

export const measures: Strings['measures'] = {
  'temperature.value': {
    label: 'Temperatur',
    hint: (unit) => `Nach dem Aufwachen, vor dem Aufstehen, in ${unit}`,
  },
  'sleep.hours': { label: 'Stunden Schlaf', hint: () => '7,5 sind siebeneinhalb' },
  'weight.value': { label: 'Gewicht', hint: (unit) => `In ${unit}` },
}

export const words: Strings['words'] = {
  'symptom.tags': {
    label: 'Beschwerden in deinen Worten',
    add: 'Weitere Beschwerde',
    addLabel: 'Beschwerde hinzufügen',
  },
  'medication.taken': {
    label: 'Genommene Medikamente',
    add: 'Weiteres Medikament',
    addLabel: 'Medikament hinzufügen',
  },
}

export const flags: Strings['flags'] = {
  'temperature.exclude': 'Temperatur',
  'bleeding.exclude': 'Blutung',
  'bleeding.pad': 'Binde',
  'bleeding.tampon': 'Tampon',
  'bleeding.underwear': 'Periodenwäsche',
  'bleeding.cup': 'Tasse',
  'bleeding.softTampon': 'Soft-Tampon',
  'bleeding.disk': 'Scheibe',
  'bleeding.none': 'Nichts',
  'bleeding.other': 'Anderes',
  'bleeding.interferes': 'Hält mich vom Alltag ab',
  'mucus.exclude': 'Zervixschleim',
  'cervix.exclude': 'Muttermund',
  'cycle.exclude': 'Diesen Zyklus auslassen',
  'sex.solo': 'Allein',
  'sex.partner': 'Zu zweit',
  'sex.condom': 'Kondom',
  'sex.pill': 'Pille',
  'sex.iud': 'Spirale',
  'sex.patch': 'Pflaster',
  'sex.ring': 'Ring',
  'sex.implant': 'Implantat',
  'sex.diaphragm': 'Diaphragma',
  'sex.none': 'Keine Verhütung',
  'sex.other': 'Anderes',
  'pain.cramps': 'Krämpfe',
  'pain.ovulationPain': 'Mittelschmerz',
  'pain.headache': 'Kopfschmerzen',
  'pain.backache': 'Rückenschmerzen',
  'pain.nausea': 'Übelkeit',
  'pain.tenderBreasts': 'Brustspannen',
  'pain.migraine': 'Migräne',
  'pain.other': 'Anderes',
  'mood.happy': 'Fröhlich',
  'mood.sad': 'Traurig',
  'mood.stressed': 'Gestresst',
  'mood.balanced': 'Ausgeglichen',
  'mood.fine': 'Gut',
  'mood.anxious': 'Ängstlich',
  'mood.energetic': 'Voller Energie',
  'mood.fatigue': 'Müde',
  'mood.angry': 'Wütend',
  'mood.other': 'Anderes',
}

export const texts: Strings['texts'] = {
  'temperature.note': 'Zur Temperatur',
  'bleeding.note': 'Zur Blutung',
  'note.value': 'Notiz',
  'sex.note': 'Zum Sex',
  'pain.note': 'Zu den Schmerzen',
  'mood.note': 'Zur Stimmung',
}
