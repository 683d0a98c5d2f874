/** The diary with the tables that are made of it: loaded beside the rest of the client. */
export { createChronicle } from '../diary/chronicle.ts'
export { deriverOf, openDerivedTables } from './derived-tables.ts'
export { openDiarySide } from './diary-side.ts'
