/** Somebody without the app while they are being entered. Pure. */
import type { AddressContact, Reachable } from '@selene/client-sdk'

export interface AddressDraft {
  /** Absent for somebody new. */
  readonly id?: AddressContact['id']
  readonly kind: Reachable['kind']
  readonly name: string
  readonly address: string
}

export const newAddress: AddressDraft = { kind: 'phone', name: '', address: '' }

export interface AddressFaults {
  readonly name?: true
  readonly address?: true
}

/** What a telephone number or an address of a mail at least has; what is sent there tells whether it exists. */
const shapes: Readonly<Record<Reachable['kind'], RegExp>> = {
  phone: /^\+?\d{3,20}$/,
  email: /^[^\s@]+@[^\s@]+$/,
}
/** What people type between the digits of a number. */
const betweenDigits = /[\s()./-]/g

export function faultsOf({ kind, name, address }: AddressDraft): AddressFaults {
  const typed = address.trim()
  const bare = kind === 'phone' ? typed.replaceAll(betweenDigits, '') : typed
  return {
    ...(name.trim() === '' && { name: true }),
    ...(!shapes[kind].test(bare) && { address: true }),
  }
}

/** Whom a draft without faults is of. */
export function reachableOf(draft: AddressDraft): Reachable | undefined {
  const { name, address } = faultsOf(draft)
  if (name || address) return undefined
  return { kind: draft.kind, name: draft.name.trim(), address: draft.address.trim() }
}
