/**
 * How much the lengths of cycles differ. FIGO 2018 (Munro, Critchley, Fraser, Int J Gynecol Obstet
 * 2018;143:393–408): longest − shortest is regular up to 9 days at 18 to 25 years, 7 at 26 to 41, 9 at
 * 42 to 45. At other ages, or none given, no limit is published: the wider one is taken, so that
 * nothing is called irregular for want of an age. It notifies from 17 days. In perimenopause
 * irregular cycles are to be expected, which is what is said then.
 */
import type { AgeGroup, Insight } from './insight.ts'
import { declared, wholeCycle, type Review } from './review.ts'

const limits = { '18-25': 9, '26-41': 7, '42-45': 9, other: 9 } as const satisfies Readonly<
  Record<AgeGroup, number>
>
const notifiedRange = 17
/** Two lengths are one difference; a range needs more. */
const fewestCycles = 3

function ageGroupOf(age: number | undefined): AgeGroup {
  if (age === undefined || age < 18 || age > 45) return 'other'
  if (age <= 25) return '18-25'
  return age <= 41 ? '26-41' : '42-45'
}

/** Classifies the regularity of cycles at an age in whole years. */
export function regularity(review: Review, age: number | undefined): Insight<'cycle-regularity'> {
  const { from, today, recentWhole, interruption, perimenopause } = review
  const lengths = recentWhole.map(({ length }) => length)
  const [shortest, longest] = [Math.min(...lengths), Math.max(...lengths)]
  const ageGroup = ageGroupOf(age)
  const limit = limits[ageGroup]
  const isKnown = !interruption && lengths.length >= fewestCycles
  const isIrregular = isKnown && longest - shortest > limit
  const irregular = perimenopause ? 'irregular-expected' : 'irregular'
  const known = isIrregular ? irregular : 'regular'
  const unknown = interruption ? 'episode' : 'too-few-cycles'
  return {
    kind: 'cycle-regularity',
    reason: isKnown ? known : unknown,
    period: { from, to: today },
    severity: isIrregular && !perimenopause ? 'notice' : 'info',
    notify: isIrregular && !perimenopause && longest - shortest >= notifiedRange,
    evidence: {
      cycles: recentWhole.map(wholeCycle),
      ...(lengths.length > 0 && { shortest, longest }),
      ageGroup,
      limit,
      ...declared(review),
    },
  }
}
