/**
 * The words of Clue's `measurements.json` and of its older backups, and what they mean here. No document
 * of Clue lists them: these are the words on which public converters of real exports agree. Words that
 * a converter alone knows are listed where their meaning is plain.
 */
import { medicine, tag, type Vocabulary } from './vocabulary.ts'

const nausea = { 'pain.nausea': true } as const
const fatigue = { 'mood.fatigue': true } as const
const energetic = { 'mood.energetic': true } as const
const cramps = { 'pain.cramps': true } as const
const backache = { 'pain.backache': true } as const
const tenderBreasts = { 'pain.tenderBreasts': true } as const
const ovulationPain = { 'pain.ovulationPain': true } as const
const underwear = { 'bleeding.underwear': true } as const
const cup = { 'bleeding.cup': true } as const
const disk = { 'bleeding.disk': true } as const
const withPartner = { 'sex.partner': true } as const
const protectedSex = { ...withPartner, ...tag('protected sex') } as const
const unprotectedSex = { ...withPartner, 'sex.none': true } as const
const withdrawal = { ...withPartner, ...tag('withdrawal') } as const
const veryHeavy = { 'bleeding.value': 3, ...tag('very heavy bleeding') } as const
/** Sticky and creamy mucus are of one quality (S), watery mucus is of the best (S+). */
const creamyMucus = { 'mucus.texture': 1, 'mucus.value': 3 } as const
const eggWhiteMucus = { 'mucus.texture': 2, 'mucus.value': 4 } as const
const wateryMucus = { 'mucus.value': 4, ...tag('watery discharge') } as const
/** A test strip turns positive with the surge of LH, which is the peak. */
const surge = { 'ovulationTest.result': 2 } as const
const noSurge = { 'ovulationTest.result': 0 } as const
const pregnant = { 'pregnancyTest.result': 1 } as const
const notPregnant = { 'pregnancyTest.result': 0 } as const
const pill = 'birth control pill'

const ownWords = (prefix?: string) =>
  ({ words: {}, rest: 'symptom.tags', ...(prefix && { prefix }) }) as const
const medicines = { words: {}, rest: 'medication.taken' } as const

/** Clue's types of entries; names and words in lower case, with `_` between their parts. */
export const clueVocabulary = {
  period: {
    words: {
      none: 'nowhere',
      spotting: { 'bleeding.value': 0 },
      light: { 'bleeding.value': 1 },
      medium: { 'bleeding.value': 2 },
      heavy: { 'bleeding.value': 3 },
      very_heavy: veryHeavy,
      super_heavy: veryHeavy,
    },
    rest: 'unknown',
  },
  spotting: {
    words: {
      none: 'nowhere',
      yes: { 'bleeding.value': 0 },
      light: { 'bleeding.value': 0 },
      heavy: { 'bleeding.value': 0 },
      spotting: { 'bleeding.value': 0 },
      red: { 'bleeding.value': 0, ...tag('red spotting') },
      brown: { 'bleeding.value': 0, ...tag('brown spotting') },
    },
    rest: 'unknown',
  },
  collection_method: {
    words: {
      pad: { 'bleeding.pad': true },
      tampon: { 'bleeding.tampon': true },
      panty_liner: { 'bleeding.other': true, ...tag('panty liner') },
      cup,
      menstrual_cup: cup,
      disc: disk,
      disk,
      menstrual_disc: disk,
      period_underwear: underwear,
      underwear,
    },
    rest: 'symptom.tags',
    prefix: 'collection',
  },
  pain: {
    words: {
      pain_free: 'nowhere',
      period_cramps: cramps,
      cramps,
      lower_back: backache,
      back_pain: backache,
      breast_tenderness: tenderBreasts,
      tender_breasts: tenderBreasts,
      ovulation: ovulationPain,
      ovulation_pain: ovulationPain,
      headache: { 'pain.headache': true },
      migraine: { 'pain.migraine': true },
      migraine_with_aura: { 'pain.migraine': true, ...tag('migraine with aura') },
    },
    rest: 'symptom.tags',
    prefix: 'pain',
  },
  feelings: {
    words: {
      happy: { 'mood.happy': true },
      sad: { 'mood.sad': true },
      angry: { 'mood.angry': true },
      anxious: { 'mood.anxious': true },
      fine: { 'mood.fine': true },
      indifferent: { 'mood.fine': true, ...tag('indifferent') },
    },
    rest: 'symptom.tags',
  },
  mind: {
    words: { calm: { 'mood.balanced': true }, stressed: { 'mood.stressed': true } },
    rest: 'symptom.tags',
  },
  energy: {
    words: {
      ok: 'nowhere',
      energetic,
      energized: energetic,
      fully_energized: energetic,
      tired: fatigue,
      fatigue,
      exhausted: fatigue,
    },
    rest: 'symptom.tags',
    prefix: 'energy',
  },
  pms: { words: { yes: tag('PMS') }, rest: 'symptom.tags', prefix: 'PMS' },
  digestion: {
    words: { nauseous: nausea, nauseated: nausea, bloated: tag('bloated'), gassy: tag('gassy') },
    rest: 'symptom.tags',
    prefix: 'digestion',
  },
  discharge: {
    words: {
      none: { 'mucus.texture': 0 },
      sticky: { ...creamyMucus, ...tag('sticky discharge') },
      creamy: creamyMucus,
      egg_white: eggWhiteMucus,
      watery: wateryMucus,
    },
    rest: 'symptom.tags',
    prefix: 'discharge',
  },
  sex_life: {
    words: {
      no_sex_today: 'nowhere',
      masturbation: { 'sex.solo': true },
      protected: protectedSex,
      protected_sex: protectedSex,
      unprotected: unprotectedSex,
      unprotected_sex: unprotectedSex,
      withdrawal,
      withdrawal_sex: withdrawal,
      high_sex_drive: { 'desire.value': 2 },
      low_sex_drive: { 'desire.value': 0 },
    },
    rest: 'symptom.tags',
    prefix: 'sex',
  },
  tests: {
    words: {
      ovulation_positive: surge,
      ovulation_test_pos: surge,
      ovulation_peak: surge,
      ovulation_high: { 'ovulationTest.result': 1 },
      ovulation_negative: noSurge,
      ovulation_test_neg: noSurge,
      pregnancy_positive: pregnant,
      pregnancy_test_pos: pregnant,
      pregnancy_negative: notPregnant,
      pregnancy_test_neg: notPregnant,
    },
    rest: 'symptom.tags',
    prefix: 'test',
  },
  ovulation_test: {
    words: { positive: surge, negative: noSurge },
    rest: 'symptom.tags',
    prefix: 'ovulation test',
  },
  pregnancy_test: {
    words: { positive: pregnant, negative: notPregnant },
    rest: 'symptom.tags',
    prefix: 'pregnancy test',
  },
  birth_control_pill: {
    words: {
      taken: medicine(pill),
      late: { ...medicine(pill), ...tag('pill taken late') },
      missed: tag('pill missed'),
      double: { ...medicine(pill), ...tag('two pills taken') },
      double_dose: { ...medicine(pill), ...tag('two pills taken') },
    },
    rest: 'symptom.tags',
    prefix: pill,
  },
  birth_control_ring: ownWords('birth control ring'),
  birth_control_patch: ownWords('birth control patch'),
  birth_control_shot: ownWords('birth control shot'),
  birth_control: ownWords('birth control'),
  medication: { ...medicines, words: { pain: medicine('pain medication') } },
  supplements: medicines,
  sleep_quality: {
    words: { woke_up_refreshed: { 'sleep.quality': 2, ...tag('woke up refreshed') } },
    rest: 'symptom.tags',
  },
  sleep: ownWords('sleep'),
  hot_flashes: ownWords('hot flashes'),
  breasts_and_chest: ownWords('breasts'),
  vulva_and_vagina: ownWords('vagina'),
  urine: ownWords('urine'),
  stool: ownWords('stool'),
  skin: ownWords('skin'),
  hair: ownWords('hair'),
  craving: ownWords('craving'),
  motivation: ownWords(),
  social_life: ownWords(),
  exercise: ownWords('exercise'),
  meditation: ownWords('meditation'),
  leisure: ownWords('leisure'),
  partying: ownWords('partying'),
  appointments: ownWords('appointment'),
  ailments: ownWords(),
  tags: ownWords(),
} as const satisfies Vocabulary

/** Names of types in older files and in other versions of the program. */
export const clueTypeNames: Readonly<Record<string, keyof typeof clueVocabulary>> = {
  bleeding: 'period',
  menstruation: 'period',
  collection: 'collection_method',
  mood: 'feelings',
  emotions: 'feelings',
  emotion: 'feelings',
  mental: 'mind',
  fluid: 'discharge',
  mucus: 'discharge',
  cervical_mucus: 'discharge',
  cervical_fluid: 'discharge',
  sex: 'sex_life',
  pill: 'birth_control_pill',
  poop: 'stool',
  cravings: 'craving',
  party: 'partying',
  social: 'social_life',
  appointment: 'appointments',
  ailment: 'ailments',
  meds: 'medication',
  tag: 'tags',
  custom_tags: 'tags',
}
