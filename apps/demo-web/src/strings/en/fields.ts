/** Fields of a day by name, and their answers, in English. */
import type { ChoiceField, FlagField, MeasureField, TextField, WordsField } from '../keys.ts'

export const choices: Record<ChoiceField, { label: string; options: readonly string[] }> = {
  'bleeding.value': { label: 'Bleeding', options: ['Spotting', 'Light', 'Medium', 'Heavy'] },
  'mucus.feeling': { label: 'Feels', options: ['Dry', 'Nothing', 'Wet', 'Slippery'] },
  'mucus.texture': { label: 'Looks', options: ['Nothing', 'Creamy', 'Like egg white'] },
  'cervix.opening': { label: 'Opening', options: ['Closed', 'Medium', 'Open'] },
  'cervix.firmness': { label: 'Firmness', options: ['Hard', 'Soft'] },
  'cervix.position': { label: 'Position', options: ['Low', 'Medium', 'High'] },
  'desire.value': { label: 'Desire', options: ['Low', 'Medium', 'High'] },
  'ovulationTest.result': { label: 'Ovulation test', options: ['Low', 'High', 'Peak'] },
  'pregnancyTest.result': { label: 'Pregnancy test', options: ['Negative', 'Positive'] },
  'pain.strength': { label: 'How strong', options: ['Mild', 'Moderate', 'Severe'] },
  'sleep.quality': { label: 'How you slept', options: ['Poorly', 'Fairly', 'Well'] },
}

export const measures: Record<MeasureField, { label: string; hint: (unit: string) => string }> = {
  'temperature.value': {
    label: 'Temperature',
    hint: (unit) => `After waking, before getting up, in ${unit}`,
  },
  'sleep.hours': { label: 'Hours slept', hint: () => '7.5 is seven and a half' },
  'weight.value': { label: 'Weight', hint: (unit) => `In ${unit}` },
}

export const words: Record<WordsField, { label: string; add: string; addLabel: string }> = {
  'symptom.tags': {
    label: 'Symptoms in your own words',
    add: 'Another symptom',
    addLabel: 'Add the symptom',
  },
  'medication.taken': {
    label: 'Medication taken',
    add: 'Another medication',
    addLabel: 'Add the medication',
  },
}

export const flags: Record<FlagField, string> = {
  'temperature.exclude': 'Temperature',
  'bleeding.exclude': 'Bleeding',
  'bleeding.pad': 'Pad',
  'bleeding.tampon': 'Tampon',
  'bleeding.underwear': 'Period underwear',
  'bleeding.cup': 'Cup',
  'bleeding.softTampon': 'Soft tampon',
  'bleeding.disk': 'Disk',
  'bleeding.none': 'None',
  'bleeding.other': 'Other',
  'bleeding.interferes': 'Keeps me from daily life',
  'mucus.exclude': 'Mucus',
  'cervix.exclude': 'Cervix',
  'cycle.exclude': 'Leave this cycle out',
  'sex.solo': 'Solo',
  'sex.partner': 'With a partner',
  'sex.condom': 'Condom',
  'sex.pill': 'Pill',
  'sex.iud': 'IUD',
  'sex.patch': 'Patch',
  'sex.ring': 'Ring',
  'sex.implant': 'Implant',
  'sex.diaphragm': 'Diaphragm',
  'sex.none': 'No contraception',
  'sex.other': 'Other',
  'pain.cramps': 'Cramps',
  'pain.ovulationPain': 'Ovulation pain',
  'pain.headache': 'Headache',
  'pain.backache': 'Backache',
  'pain.nausea': 'Nausea',
  'pain.tenderBreasts': 'Tender breasts',
  'pain.migraine': 'Migraine',
  'pain.other': 'Other',
  'mood.happy': 'Happy',
  'mood.sad': 'Sad',
  'mood.stressed': 'Stressed',
  'mood.balanced': 'Balanced',
  'mood.fine': 'Fine',
  'mood.anxious': 'Anxious',
  'mood.energetic': 'Energetic',
  'mood.fatigue': 'Tired',
  'mood.angry': 'Angry',
  'mood.other': 'Other',
}

export const texts: Record<TextField, string> = {
  'temperature.note': 'About the temperature',
  'bleeding.note': 'About bleeding',
  'note.value': 'Note',
  'sex.note': 'About sex',
  'pain.note': 'About pain',
  'mood.note': 'About mood',
}
