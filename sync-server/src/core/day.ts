/** Civil dates of the server, UTC, as SQL prints them: all that is kept where a moment would say too much. */

export const dayMilliseconds = 86_400_000

/** `YYYY-MM-DD` of a time in milliseconds since 1970. */
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)
