/** Who wrote a value, as she knows them: "on the phone at …, on the tablet at …". */
import { importWriter } from '../docs/register.ts'
import type { LocalVault } from '../vault/vault.ts'

export interface WriterName {
  readonly kind: 'this-device' | 'device' | 'import'
  /** The device's name, where it can be read. */
  readonly label?: string
}

export function nameWriter(vault: LocalVault, writer: string): WriterName {
  if (writer === importWriter) return { kind: 'import' }
  if (writer === vault.device) return { kind: 'this-device' }
  const label = vault.members().find((member) => member.id === writer)?.label
  return { kind: 'device', ...(label !== undefined && { label }) }
}
