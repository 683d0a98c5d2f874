/** People without the app: their numbers and addresses lie in her own documents alone, and no server is told of them. */
import { stampUuid, type ContactId } from '@selene/shapes'
import { createLive, type Live } from '../core/live.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { Reader, Store } from '../store/store.ts'
import { plainLine } from '../core/plain-text.ts'
import type { Address, Pen } from './book.ts'
import { ownedName } from './name.ts'

/** Somebody who is reached by telephone or mail. */
export interface AddressContact extends Address {
  readonly id: ContactId
}

export interface Addresses {
  /** People without the app, by name. */
  readonly addresses: Live<readonly AddressContact[]>
  /** @throws TypeError when the name is missing or too long, or the address is none. */
  addAddress(address: Address): Promise<AddressContact>
  /** @throws TypeError as {@link Addresses.addAddress}. */
  changeAddress(id: ContactId, address: Address): Promise<void>
  removeAddress(id: ContactId): Promise<void>
}

/** What a person types between the digits of a number. */
const betweenDigits = /[\s()./-]/g
const phone = /^\+?\d{3,20}$/
/** One @ between two parts without spaces; what is sent there tells whether it exists (RFC 5321 has 254 at most). */
const email = /^[^\s@]+@[^\s@]+$/
const mostAddressLength = 254

function ownedAddress({ kind, name: typedName, address: typed }: Address): Address {
  const name = ownedName(typedName)
  if (name === '') throw new TypeError('an address belongs to somebody with a name')
  const line = plainLine(typed)
  const address = kind === 'phone' ? line.replaceAll(betweenDigits, '') : line
  const isOne = kind === 'phone' ? phone.test(address) : email.test(address)
  if (!isOne || address.length > mostAddressLength)
    throw new TypeError(kind === 'phone' ? 'not a telephone number' : 'not an e-mail address')
  return { kind, name, address }
}

const listAddresses = (reader: Reader): Promise<AddressContact[]> =>
  reader.query<AddressContact>(
    `SELECT contact_id AS id, kind, name, address FROM contact_addresses
     ORDER BY lower(name), contact_id`,
  )

interface Deps {
  readonly store: Store
  readonly crypto: Primitives
  readonly write: (act: (pen: Pen) => void) => Promise<void>
}

export const createAddresses = ({ store, crypto, write }: Deps): Addresses => ({
  addresses: createLive(() => listAddresses(store), store.committed),
  async addAddress(typed) {
    const address = ownedAddress(typed)
    const id = stampUuid<ContactId>(crypto.random(16), 4)
    await write((pen) => pen.address(id, address))
    return { id, ...address }
  },
  async changeAddress(id, typed) {
    const address = ownedAddress(typed)
    await write((pen) => pen.address(id, address))
  },
  removeAddress: (id) => write((pen) => pen.remove(id)),
})
