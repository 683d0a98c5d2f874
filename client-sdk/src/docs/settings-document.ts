/**
 * The document `settings`: what is to be the same on all her devices and is no part of the diary. Registers, one
 * subject a fact; each part of the app reads its own subjects and passes over all others, which are kept.
 *
 * | subject | value |
 * |---|---|
 * | `setting\|<name>` | how she wants the app: `diary/settings.ts` |
 */
export const settingsDocument = 'settings'
