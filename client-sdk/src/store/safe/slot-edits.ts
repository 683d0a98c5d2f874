/** Adds, changes and removes key slots of an open store; its data stays as it is (SAFE.md, K7 and K8). */
import { Problem } from '@selene/shapes'
import { calibrateCost, type StretchCost } from '../../crypto/argon2id.ts'
import type { Clock } from '../../core/clock.ts'
import type { Pack } from '../sealed/pack.ts'
import { decodeKeyArea, encodeKeyArea, mostSlots, type KeyArea, type SlotKind } from './key-area.ts'
import { assertStrong, kindOf, type NewSecret, type Secret } from './secret.ts'
import { openSlots, readySlot, type SlotDeps } from './slot.ts'

export interface SlotInfo {
  readonly id: number
  readonly kind: SlotKind
}

export interface AddedSlot extends SlotInfo {
  /** Of a recovery slot: 24 words, shown once. */
  readonly recoveryPhrase?: string
}

export interface SlotEdits {
  list(): readonly SlotInfo[]
  /**
   * Asks for a secret that opens the store, and changes nothing: for what somebody else with the open app must not do.
   * @throws Problem store/wrong-secret, store/attempts
   */
  prove(proof: Secret): Promise<void>
  /**
   * Each change asks for a secret that opens the store, again.
   * @throws Problem store/wrong-secret, store/attempts, store/weak-secret, store/too-many-slots
   */
  add(proof: Secret, made: NewSecret): Promise<AddedSlot>
  /** Puts a new secret in the place of a slot, in one step. @throws the same */
  change(proof: Secret, id: number, made: NewSecret): Promise<AddedSlot>
  /** @throws Problem store/last-slot, store/wrong-secret, store/attempts */
  remove(proof: Secret, id: number): Promise<void>
}

interface Deps extends SlotDeps {
  readonly pack: Pack
  readonly storeId: Uint8Array
  readonly clock: Clock
  /** Lets an attempt at a secret pass when it is time. */
  guess<T>(secret: Secret, attempt: () => Promise<T>): Promise<T>
  /** Resolves once the pack's last change is stored. */
  settled(): Promise<void>
}

const infoOf = ({ id, kind }: SlotInfo): SlotInfo => ({ id, kind })

/** That of the slots there are; found out where none was stretched yet. */
async function costOf(deps: Deps, { slots }: KeyArea): Promise<StretchCost> {
  const stretched = slots.find(({ cost }) => cost.ops > 0)
  return stretched?.cost ?? calibrateCost(deps.argon2id, deps.clock)
}

function assertSlot({ slots }: KeyArea, id: number): void {
  if (!slots.some((slot) => slot.id === id)) throw new TypeError('there is no such slot')
}

export function createSlotEdits(deps: Deps): SlotEdits {
  const { pack, storeId, crypto } = deps
  let editing: Promise<unknown> = Promise.resolve()
  const area = (): KeyArea => decodeKeyArea(pack.keyArea())

  async function store(next: KeyArea): Promise<void> {
    pack.setKeyArea(encodeKeyArea(next))
    await deps.settled()
  }

  const prove = (proof: Secret) =>
    deps.guess(proof, () => openSlots(deps, proof, { storeId, slots: area().slots }))

  async function proveOnly(proof: Secret): Promise<void> {
    const { dataKey } = await prove(proof)
    crypto.wipe(dataKey)
  }

  /** Puts a new slot at the end, or in the place of another. */
  async function put(proof: Secret, made: NewSecret, replaced?: number): Promise<AddedSlot> {
    const before = area()
    if (replaced === undefined && before.slots.length >= mostSlots)
      throw new Problem('store/too-many-slots')
    if (replaced !== undefined) assertSlot(before, replaced)
    await assertStrong(made)
    const { dataKey } = await prove(proof)
    try {
      const id = before.nextId
      const ready = await readySlot(deps, made, { id, cost: await costOf(deps, before) })
      const slot = ready.seal(storeId, dataKey)
      const slots =
        replaced === undefined
          ? [...before.slots, slot]
          : before.slots.map((one) => (one.id === replaced ? slot : one))
      await store({ nextId: id + 1, slots })
      const { recoveryPhrase } = ready
      return { id, kind: kindOf(made), ...(recoveryPhrase !== undefined && { recoveryPhrase }) }
    } finally {
      crypto.wipe(dataKey)
    }
  }

  async function remove(proof: Secret, id: number): Promise<void> {
    const before = area()
    assertSlot(before, id)
    if (before.slots.length === 1) throw new Problem('store/last-slot')
    await proveOnly(proof)
    await store({ ...before, slots: before.slots.filter((slot) => slot.id !== id) })
  }

  /** One after the other: each builds on what the one before it has stored. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = editing.then(work)
    editing = done.catch(() => {})
    return done
  }

  function changing<T>(work: () => Promise<T>): Promise<T> {
    return inTurn(() => {
      if (pack.isReadOnly) throw new Problem('store/read-only')
      return work()
    })
  }

  return {
    list: () => area().slots.map(infoOf),
    prove: (proof) => inTurn(() => proveOnly(proof)),
    add: (proof, made) => changing(() => put(proof, made)),
    change: (proof, id, made) => changing(() => put(proof, made, id)),
    remove: (proof, id) => changing(() => remove(proof, id)),
  }
}
