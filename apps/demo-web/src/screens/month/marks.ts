/** Marks of what is expected: rings for bleeding, diamonds for fertile days, larger the likelier. */
import type { Grade } from '../../calendar/forecast-marks.ts'

export const expectedMarks: Readonly<Record<Grade, string>> = {
  1: 'mark-ring mark-ring-1',
  2: 'mark-ring mark-ring-2',
  3: 'mark-ring mark-ring-3',
}

export const fertileMarks: Readonly<Record<Grade, string>> = {
  1: 'mark-diamond mark-diamond-1',
  2: 'mark-diamond mark-diamond-2',
  3: 'mark-diamond mark-diamond-3',
}
