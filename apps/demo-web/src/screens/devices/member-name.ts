/** What a member of the diary is called. */
import type { KnownMember } from '@selene/client-sdk'
import { useValue } from '../../backend/use-backend.tsx'
import type { Strings } from '../../strings/en.ts'
import { useText } from '../../strings/language.tsx'

/** The name that she gave a device, else its kind. */
export const memberName = (
  { kind, label }: Pick<KnownMember, 'kind' | 'label'>,
  { devices }: Strings,
): string => (kind === 'device' && label) || devices.kinds[kind]

/** Names by id, also of members that are removed. */
export function useMemberName(): (id: string) => string {
  const text = useText()
  const members = useValue('vault')?.members ?? []
  return (id) => {
    const member = members.find((one) => one.id === id)
    return member ? memberName(member, text) : text.devices.unknownDevice
  }
}
