/** A name takes 120 bytes at most, and a character of an input up to three of them. */
export const maxNameLength = 40
