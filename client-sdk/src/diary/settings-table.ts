/** The table `settings`, derived from the document `settings`: one row a setting. */
import type { Content } from '../docs/documents.ts'
import { readRegisters } from '../docs/register.ts'
import { settingsDocument } from '../docs/settings-document.ts'
import { prepareTable, type DerivedTable } from '../store/derived-table.ts'
import { readerRole, type Reader, type StoreTx } from '../store/store.ts'
import { settingChoices, type Settings } from './settings.ts'

const table: DerivedTable = {
  name: 'settings',
  version: 1,
  createSql: `
DROP TABLE IF EXISTS settings;
CREATE TABLE settings (name text PRIMARY KEY, value jsonb NOT NULL);
GRANT SELECT ON settings TO ${readerRole};`,
}

export const prepareSettings = (tx: StoreTx): Promise<boolean> => prepareTable(tx, table)

export async function deriveSettings(tx: StoreTx, name: string, doc: Content): Promise<void> {
  if (name !== settingsDocument) return
  await tx.script('DELETE FROM settings')
  for (const [setting, value] of Object.entries(settingChoices.read(readRegisters(doc))))
    await tx.query('INSERT INTO settings VALUES ($1, $2::text::jsonb)', [
      setting,
      JSON.stringify(value),
    ])
}

export async function loadSettings(reader: Reader): Promise<Settings> {
  const rows = await reader.query<{ name: string; value: string }>('SELECT * FROM settings')
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
}
