/** Makes and opens key slots (SAFE.md, K2 to K6). */
import { concat, Problem, utf8 } from '@selene/shapes'
import { lazily } from '../../core/lazily.ts'
import { isSafeCost, type Argon2id, type StretchCost } from '../../crypto/argon2id.ts'
import { open, seal } from '../../crypto/committing-aead.ts'
import type { Primitives } from '../../crypto/primitives.ts'
import type { Keychain } from '../keychain.ts'
import { slotHeader, type Slot, type SlotHeader } from './key-area.ts'
import { kindOf, normalized, type NewSecret, type Secret } from './secret.ts'

export interface SlotDeps {
  readonly crypto: Primitives
  readonly keychain: Keychain
  readonly argon2id: Argon2id
}

/** The list of words is long, and seldom asked for. */
const phrases = lazily(() => import('../../crypto/phrase.ts'))

const keyDomain = utf8('selene/store-slot-key/v1\0')
const slotDomain = utf8('selene/store-slot/v1\0')
const noCost: StretchCost = { ops: 0, memoryBytes: 0 }

/** What of a secret goes into the slot's key; 32 bytes each, which the caller wipes. */
interface Material {
  readonly key: Uint8Array
  readonly more: Uint8Array
}

async function stretch(deps: SlotDeps, typed: string, { cost, salt }: SlotHeader) {
  const secret = utf8(normalized(typed))
  try {
    return await deps.argon2id({ secret, salt, cost })
  } finally {
    deps.crypto.wipe(secret)
  }
}

const nothingMore = new Uint8Array(0)

/** `undefined` for words that are no phrase. */
async function materialOf(
  deps: SlotDeps,
  secret: Secret,
  header: SlotHeader,
): Promise<Material | undefined> {
  if ('recovery' in secret) {
    const { readPhrase } = await phrases()
    const phrase = readPhrase(deps.crypto, secret.recovery)
    return phrase && { key: phrase.cardKey, more: nothingMore }
  }
  if ('platform' in secret) return { key: await deps.keychain.secret(), more: nothingMore }
  if ('passphrase' in secret)
    return { key: await stretch(deps, secret.passphrase, header), more: nothingMore }
  return { key: await deps.keychain.secret(), more: await stretch(deps, secret.pin, header) }
}

async function slotKey(
  deps: SlotDeps,
  secret: Secret,
  header: SlotHeader,
): Promise<Uint8Array | undefined> {
  const material = await materialOf(deps, secret, header)
  if (!material) return undefined
  const { key, more } = material
  const kind = slotHeader(header).subarray(2, 3)
  const derived = deps.crypto.keyedHash(key, [keyDomain, kind, more], 32)
  deps.crypto.wipe(key)
  deps.crypto.wipe(more)
  return derived
}

const contextOf = (key: Uint8Array, storeId: Uint8Array, header: SlotHeader) => ({
  key,
  domain: slotDomain,
  header: concat(storeId, slotHeader(header)),
})

async function newWords(crypto: Primitives): Promise<string> {
  const { newPhrase } = await phrases()
  const { words, cardKey } = newPhrase(crypto)
  crypto.wipe(cardKey)
  return words
}

/** A slot whose key is there already; the data key comes when the store has one. */
export interface ReadySlot {
  readonly recoveryPhrase?: string
  seal(storeId: Uint8Array, dataKey: Uint8Array): Slot
}

/** Does everything that takes long. The secret is strong enough: that was asked before. */
export async function readySlot(
  deps: SlotDeps,
  made: NewSecret,
  { id, cost }: { id: number; cost: StretchCost },
): Promise<ReadySlot> {
  const { crypto } = deps
  const kind = kindOf(made)
  const recoveryPhrase = 'recovery' in made ? await newWords(crypto) : undefined
  const secret: Secret = 'recovery' in made ? { recovery: recoveryPhrase! } : made
  const isStretched = kind === 'pin' || kind === 'passphrase'
  const header = { id, kind, cost: isStretched ? cost : noCost, salt: crypto.random(16) }
  const key = (await slotKey(deps, secret, header))!
  return {
    ...(recoveryPhrase !== undefined && { recoveryPhrase }),
    seal(storeId, dataKey) {
      const sealed = seal(crypto, contextOf(key, storeId, header), dataKey)
      crypto.wipe(key)
      return { ...header, sealed }
    },
  }
}

type Attempt = { readonly dataKey: Uint8Array } | 'wrong' | 'damaged'

async function attempt(
  deps: SlotDeps,
  secret: Secret,
  { storeId, slot }: { storeId: Uint8Array; slot: Slot },
): Promise<Attempt> {
  const isStretched = slot.kind === 'pin' || slot.kind === 'passphrase'
  if (isStretched && !isSafeCost(slot.cost)) return 'damaged'
  const key = await slotKey(deps, secret, slot)
  if (!key) return 'wrong'
  const opened = open(deps.crypto, contextOf(key, storeId, slot), slot.sealed)
  deps.crypto.wipe(key)
  if (opened.ok) return { dataKey: opened.plain }
  return opened.code === 'crypto/wrong-key' ? 'wrong' : 'damaged'
}

/**
 * The data key, by any slot of the secret's kind. All of them are tried, whichever opens: how long it takes does not
 * say which.
 * @throws Problem store/wrong-secret; store/damaged when a slot cannot be what was made
 */
export async function openSlots(
  deps: SlotDeps,
  secret: Secret,
  { storeId, slots }: { storeId: Uint8Array; slots: readonly Slot[] },
): Promise<{ dataKey: Uint8Array; id: number }> {
  const kind = kindOf(secret)
  let found: { dataKey: Uint8Array; id: number } | undefined
  let isDamaged = false
  for (const slot of slots.filter((one) => one.kind === kind)) {
    const result = await attempt(deps, secret, { storeId, slot })
    if (result === 'damaged') isDamaged = true
    else if (result !== 'wrong') {
      if (found) deps.crypto.wipe(result.dataKey)
      else found = { dataKey: result.dataKey, id: slot.id }
    }
  }
  if (found) return found
  throw new Problem(isDamaged ? 'store/damaged' : 'store/wrong-secret')
}
