/** Times on the wall: hours and minutes, with no date and no zone. */

/** A wall-clock time `HH:MM`, 00:00 to 23:59. */
export type ClockTime = string

const form = /^(?:[01]\d|2[0-3]):[0-5]\d$/

/** Whether a value is a wall-clock time in its one form. */
export const isClockTime = (value: unknown): value is ClockTime =>
  typeof value === 'string' && form.test(value)
