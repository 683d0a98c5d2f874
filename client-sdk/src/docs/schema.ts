/** The schema of documents that this app writes (W31). */
export const schema = { major: 1, minor: 0 } as const

/** Whether content was written by an app that knows more: its first byte is the major, in every version. */
export const isOfNewerSchema = (content: Uint8Array): boolean => (content[0] ?? 0) > schema.major
