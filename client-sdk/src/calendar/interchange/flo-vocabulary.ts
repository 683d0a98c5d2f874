/**
 * The words of Flo's export and what they mean here. No document of Flo lists them: these are the words
 * on which public readers of real exports agree, and what its screens call them. Older and newer files
 * spell some differently; both are listed.
 */
import type { DayValues } from '../field.ts'
import { tag, type Vocabulary } from './vocabulary.ts'

const cramps = { 'pain.cramps': true } as const
const backache = { 'pain.backache': true } as const
const tenderBreasts = { 'pain.tenderBreasts': true } as const
const fatigue = { 'mood.fatigue': true } as const
const anxious = { 'mood.anxious': true } as const
const withPartner = { 'sex.partner': true } as const
const protectedSex = { ...withPartner, ...tag('protected sex') } as const
const unprotectedSex = { ...withPartner, 'sex.none': true } as const
const highDrive = { 'desire.value': 2 } as const
const lowDrive = { 'desire.value': 0 } as const
/** Sticky and creamy mucus are of one quality (S), watery mucus and egg white are of the best (S+). */
const creamyMucus = { 'mucus.texture': 1, 'mucus.value': 3 } as const
const eggWhiteMucus = { 'mucus.texture': 2, 'mucus.value': 4 } as const

/** Flo's categories of events; names and words in lower case, `DrawingPain` as `drawing pain`. */
export const floVocabulary = {
  symptom: {
    words: {
      'drawing pain': cramps,
      cramps,
      backache,
      'lower back pain': backache,
      'tender breasts': tenderBreasts,
      'breast tenderness': tenderBreasts,
      'ovulation pain': { 'pain.ovulationPain': true },
      headache: { 'pain.headache': true },
      migraine: { 'pain.migraine': true },
      nausea: { 'pain.nausea': true },
      fatigue,
      spotting: { 'bleeding.value': 0 },
    },
    rest: 'symptom.tags',
  },
  mood: {
    words: {
      happy: { 'mood.happy': true },
      sad: { 'mood.sad': true },
      angry: { 'mood.angry': true },
      neutral: { 'mood.fine': true },
      calm: { 'mood.balanced': true },
      balanced: { 'mood.balanced': true },
      energetic: { 'mood.energetic': true },
      stressed: { 'mood.stressed': true },
      anxious,
      panic: anxious,
      tired: fatigue,
      'low energy': fatigue,
      swings: tag('mood swings'),
    },
    rest: 'symptom.tags',
  },
  fluid: {
    words: {
      none: { 'mucus.texture': 0 },
      'no discharge': { 'mucus.texture': 0 },
      dry: { 'mucus.feeling': 0 },
      sticky: { ...creamyMucus, ...tag('sticky discharge') },
      creamy: creamyMucus,
      eggwhite: eggWhiteMucus,
      'egg white': eggWhiteMucus,
      watery: { 'mucus.value': 4, ...tag('watery discharge') },
      bloody: { 'bleeding.value': 0, ...tag('bloody discharge') },
      spotting: { 'bleeding.value': 0 },
    },
    rest: 'symptom.tags',
    prefix: 'discharge',
  },
  sex: {
    words: {
      none: 'nowhere',
      'sex none': 'nowhere',
      protected: protectedSex,
      'sex protected': protectedSex,
      unprotected: unprotectedSex,
      'sex unprotected': unprotectedSex,
      masturbation: { 'sex.solo': true },
      'sex oral': { ...withPartner, ...tag('oral sex') },
      'sex anal': { ...withPartner, ...tag('anal sex') },
      'sex toys': tag('sex toys'),
      'high sex drive': highDrive,
      'high drive': highDrive,
      'neutral drive': { 'desire.value': 1 },
      'low sex drive': lowDrive,
      'low drive': lowDrive,
      'none drive': lowDrive,
    },
    rest: 'symptom.tags',
  },
  'ovulation test': {
    words: {
      positive: { 'ovulationTest.result': 2 },
      peak: { 'ovulationTest.result': 2 },
      high: { 'ovulationTest.result': 1 },
      negative: { 'ovulationTest.result': 0 },
      low: { 'ovulationTest.result': 0 },
      none: 'nowhere',
    },
    rest: 'symptom.tags',
    prefix: 'ovulation test',
  },
  'pregnancy test': {
    words: {
      positive: { 'pregnancyTest.result': 1 },
      negative: { 'pregnancyTest.result': 0 },
      none: 'nowhere',
    },
    rest: 'symptom.tags',
    prefix: 'pregnancy test',
  },
  ovulation: { words: {}, rest: 'symptom.tags', prefix: 'ovulation' },
  disturber: { words: { stress: { 'mood.stressed': true } }, rest: 'symptom.tags' },
  sport: { words: { 'no sport': 'nowhere' }, rest: 'symptom.tags', prefix: 'sport' },
  medication: { words: {}, rest: 'medication.taken' },
} as const satisfies Vocabulary

/**
 * Strengths of bleeding in `period_intensity`. Two readers have 0 for spotting, one has names; 4 stands
 * for blood clots.
 */
export const floIntensities: Readonly<Record<string, DayValues>> = {
  '0': { 'bleeding.value': 0 },
  '1': { 'bleeding.value': 1 },
  '2': { 'bleeding.value': 2 },
  '3': { 'bleeding.value': 3 },
  '4': { 'bleeding.value': 3, ...tag('blood clots') },
  low: { 'bleeding.value': 1 },
  light: { 'bleeding.value': 1 },
  medium: { 'bleeding.value': 2 },
  high: { 'bleeding.value': 3 },
  heavy: { 'bleeding.value': 3 },
  'blood clots': { 'bleeding.value': 3, ...tag('blood clots') },
}
