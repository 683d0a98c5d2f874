import { describe, expect, test } from 'vitest'
import { faultsOf, newAddress, reachableOf, type AddressDraft } from './address-draft.ts'

const ana: AddressDraft = { kind: 'phone', name: ' Ana ', address: '0151 / 123-456' }

describe('somebody without the app', () => {
  test('has a name, and a number or an address', () => {
    expect(faultsOf(newAddress)).toEqual({ name: true, address: true })
    expect(reachableOf(newAddress)).toBeUndefined()
    expect(reachableOf(ana)).toEqual({ kind: 'phone', name: 'Ana', address: '0151 / 123-456' })
    const mail: AddressDraft = { kind: 'email', name: 'Ana', address: 'ana@example.org ' }
    expect(reachableOf(mail)?.address).toBe('ana@example.org')
  })

  test.each<[AddressDraft['kind'], string]>([
    ['phone', '12'],
    ['phone', 'ana@example.org'],
    ['phone', '+49 151 x'],
    ['email', '+4915112345'],
    ['email', 'ana@'],
    ['email', 'a b@example.org'],
  ])('a %s is not %s', (kind, address) => {
    expect(faultsOf({ ...ana, kind, address })).toEqual({ address: true })
  })
})
