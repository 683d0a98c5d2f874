/** The schema of documents that this app writes (W31). */
export const schema = { major: 1, minor: 0 } as const
