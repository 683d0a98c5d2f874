/** What is wrong with the server: of the history that it shows, and of what it hands out. */
import { useValue } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import type { Strings } from '../../strings/en.ts'

export type Warning = keyof Strings['devices']['warnings']

export function useWarnings(): readonly Warning[] {
  const { devices } = useText()
  const vault = useValue('vault')
  const sync = useValue('sync')
  const isExplained = (code: string): code is Warning => Object.hasOwn(devices.warnings, code)
  return [...new Set([...(vault?.warnings ?? []), ...(sync?.warnings ?? [])])].filter(isExplained)
}
