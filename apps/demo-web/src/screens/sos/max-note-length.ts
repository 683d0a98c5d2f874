/** The longest note that an alert takes, in characters of an input. */
export const maxNoteLength = 240
