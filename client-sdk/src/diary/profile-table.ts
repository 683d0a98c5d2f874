/** The tables `profile` and `declared_episodes`, derived from the document `profile`. */
import { readMeta, writeMeta } from '../store/meta.ts'
import { prepareTable, type DerivedTable } from '../store/derived-table.ts'
import { readerRole, type Reader, type StoreTx } from '../store/store.ts'
import { emptyProfile, type ProfileContent } from './profile.ts'

const contentKey = 'profile-content'

const table: DerivedTable = {
  name: 'profile',
  version: 1,
  createSql: `
DROP TABLE IF EXISTS profile;
DROP TABLE IF EXISTS declared_episodes;
CREATE TABLE profile (name text PRIMARY KEY, value jsonb NOT NULL);
CREATE TABLE declared_episodes (
  episode_id text PRIMARY KEY,
  kind text NOT NULL,
  first_day date NOT NULL,
  last_day date
);
GRANT SELECT ON profile, declared_episodes TO ${readerRole};`,
}

export const prepareProfile = (tx: StoreTx): Promise<boolean> => prepareTable(tx, table)

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
