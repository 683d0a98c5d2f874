/** Secrets that open a store, and what is asked of those that a person makes up. */
import { Problem } from '@selene/shapes'
import { passphraseStrength } from '../../crypto/passphrase-strength.ts'
import type { SlotKind } from './key-area.ts'

/** One way to open the store. */
export type Secret =
  | { readonly pin: string }
  | { readonly passphrase: string }
  /** 24 words. */
  | { readonly recovery: string }
  | { readonly platform: true }

/** A way to be made; the words of `recovery` are made here. */
export type NewSecret = Exclude<Secret, { readonly recovery: string }> | { readonly recovery: true }

export function kindOf(secret: Secret | NewSecret): SlotKind {
  if ('pin' in secret) return 'pin'
  if ('passphrase' in secret) return 'passphrase'
  return 'recovery' in secret ? 'recovery' : 'platform'
}

/** Digits typed in another script, and accents typed in another way, are the same (Unicode NFKC). */
export const normalized = (typed: string): string => typed.normalize('NFKC')

const leastPinLength = 4

/** Whether each character follows from the one before by the same step: 1111, 1234, 9876. */
function isRun(characters: readonly string[]): boolean {
  const codes = characters.map((character) => character.codePointAt(0)!)
  const steps = new Set(codes.slice(1).map((code, i) => code - codes[i]!))
  return steps.size === 1 && [-1, 0, 1].includes([...steps][0]!)
}

function assertPin(pin: string): void {
  const characters = Array.from(normalized(pin))
  if (characters.length < leastPinLength)
    throw new Problem('store/weak-secret', { detail: 'a PIN has at least four characters' })
  if (isRun(characters))
    throw new Problem('store/weak-secret', { detail: 'the PIN is the same step again and again' })
}

async function assertPassphrase(passphrase: string): Promise<void> {
  const { isEnough, warning } = await passphraseStrength(passphrase)
  if (isEnough) return
  throw new Problem('store/weak-secret', {
    detail: 'add words that have nothing to do with each other; six are usually enough',
    ...(warning !== undefined && { faults: [warning] }),
  })
}

/** @throws Problem store/weak-secret, which says what to do. */
export async function assertStrong(secret: NewSecret): Promise<void> {
  if ('pin' in secret) assertPin(secret.pin)
  if ('passphrase' in secret) await assertPassphrase(secret.passphrase)
}
