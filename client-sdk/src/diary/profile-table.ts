/** The tables `profile` and `declared_episodes`, derived from the document `profile`. */
import { readMeta, writeMeta } from '../store/meta.ts'
import { readerRole, type Reader, type StoreTx } from '../store/store.ts'
import { emptyProfile, type ProfileContent } from './profile.ts'

/** Changes whenever a table or what is written to it changes; stores with another one are derived anew. */
const deriverVersion = 1
const versionKey = 'profile-version'
const contentKey = 'profile-content'

const createTables = `
DROP TABLE IF EXISTS profile;
DROP TABLE IF EXISTS declared_episodes;
CREATE TABLE profile (name text PRIMARY KEY, value jsonb NOT NULL);
CREATE TABLE declared_episodes (
  episode_id text PRIMARY KEY,
  kind text NOT NULL,
  first_day date NOT NULL,
  last_day date
);
GRANT SELECT ON profile, declared_episodes TO ${readerRole};`

/** Creates the tables anew when another version of the app wrote them, and says whether it did. */
export async function prepareProfile(tx: StoreTx): Promise<boolean> {
  if ((await readMeta<number>(tx, versionKey)) === deriverVersion) return false
  await tx.script(createTables)
  await writeMeta(tx, versionKey, deriverVersion)
  return true
}

interface Stored extends Omit<ProfileContent, 'reminders'> {
  readonly reminders: readonly (readonly [string, object])[]
}

export async function deriveProfile(tx: StoreTx, content: ProfileContent): Promise<void> {
  const { profile, episodes, reminders } = content
  await writeMeta(tx, contentKey, { ...content, reminders: [...reminders] } satisfies Stored)
  await tx.script('DELETE FROM profile; DELETE FROM declared_episodes')
  for (const [name, value] of Object.entries(profile))
    await tx.query('INSERT INTO profile VALUES ($1, $2::text::jsonb)', [
      name,
      JSON.stringify(value),
    ])
  for (const { id, kind, from, to } of episodes)
    await tx.query('INSERT INTO declared_episodes VALUES ($1, $2, $3, $4)', [
      id,
      kind,
      from,
      to ?? null,
    ])
}

export async function loadProfile(reader: Reader): Promise<ProfileContent> {
  const stored = await readMeta<Stored>(reader, contentKey)
  return stored ? { ...stored, reminders: new Map(stored.reminders) } : emptyProfile
}
