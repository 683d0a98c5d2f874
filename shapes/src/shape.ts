/**
 * Shapes: the only way to read a table. A shape names its table, its columns and whose rows it holds;
 * the gatekeeper's decision is this definition and the token's claims, nothing the client says.
 */
import type { VaultId } from './id.ts'
import { columnNames, type Table } from './table.ts'
import { contacts } from './tables/contacts.ts'
import { docSnapshots } from './tables/doc-snapshots.ts'
import { docUpdates } from './tables/doc-updates.ts'
import { vaultLog } from './tables/vault-log.ts'

export interface Shape<T extends Table = Table> {
  readonly table: T
  /** The column that must equal the reader's vault. */
  readonly owner: string
}

const shape = <T extends Table>(t: T, owner: Extract<keyof T['columns'], string>): Shape<T> => ({
  table: t,
  owner,
})

export const shapes = {
  vault_log: shape(vaultLog, 'vault_id'),
  doc_snapshots: shape(docSnapshots, 'vault_id'),
  doc_updates: shape(docUpdates, 'vault_id'),
  contacts: shape(contacts, 'owner_id'),
} as const
export type ShapeName = keyof typeof shapes
export const isShapeName = (name: string): name is ShapeName => Object.hasOwn(shapes, name)

/** What is asked of the shape engine on behalf of one reader. */
export interface ShapeRequest {
  readonly table: string
  readonly columns: readonly string[]
  readonly where: string
  readonly params: readonly string[]
}

export function shapeRequest(name: ShapeName, reader: VaultId): ShapeRequest {
  const { table, owner } = shapes[name]
  return {
    table: `public.${table.name}`,
    columns: columnNames(table),
    where: `"${owner}" = $1`,
    params: [reader],
  }
}
