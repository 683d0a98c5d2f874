import { describe, expect, test } from 'vitest'
import { draftFaults, secretOf } from './secret-draft.ts'

const texts = { pinShort: 'short', differs: 'differs', missing: 'missing' }

describe('a secret that is being made up', () => {
  test.each([
    ['pin', '', '', { typed: 'missing' }],
    ['pin', '258', '258', { typed: 'short' }],
    ['pin', '2580', '2508', { again: 'differs' }],
    ['pin', '2580', '2580', {}],
    ['passphrase', '', '', { typed: 'missing' }],
    ['passphrase', 'abc', '', { again: 'differs' }],
    ['passphrase', 'abc', 'abc', {}],
  ] as const)('a %s "%s" with "%s"', (kind, typed, again, faults) => {
    expect(draftFaults(kind, { typed, again }, texts)).toEqual(faults)
  })

  test('is taken as it is typed', () => {
    expect(secretOf('recovery', 'able  Baker ')).toEqual({ recovery: 'able  Baker ' })
    expect(secretOf('pin', ' 25')).toEqual({ pin: ' 25' })
    expect(secretOf('passphrase', 'A b')).toEqual({ passphrase: 'A b' })
  })
})
