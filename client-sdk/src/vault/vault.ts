/**
 * The vault as this device has verified it: the log from genesis, the keys it yields, who this device
 * is. Entries come from here (this device's own) or from the server; both pass the same checks, and an
 * entry once verified is never replaced (W18).
 */
import {
  appendEntry,
  currentEpoch,
  entryHash,
  headOf,
  parseEntry,
  Problem,
  sameBytes,
  startVault,
  type DeviceId,
  type DocId,
  type Folded,
  type Member,
  type MemberId,
  type ProblemCode,
  type VaultView,
} from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import { docIdOf } from '../crypto/epoch-key.ts'
import {
  deviceKeys,
  newDeviceSeeds,
  type DeviceKeys,
  type DeviceSeeds,
} from '../crypto/member-keys.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { Reader, Store, StoreTx } from '../store/store.ts'
import { makeGenesis, openLabel, signEntry, type EpochKey } from './entry.ts'
import { keysFromEntry } from './key-ring.ts'
import { noteMembers, noteOnly } from './member-times.ts'
import { noteReset } from './reset-time.ts'
import { forgetNextSeeds, readNextSeeds, writeNextSeeds } from './next-seeds.ts'

export interface MemberInfo {
  readonly id: MemberId
  readonly kind: 'device' | 'passphrase' | 'phrase' | 'passkey'
  readonly label: string | undefined
  readonly removed: boolean
}

export interface Addition {
  readonly id: MemberId
  readonly by: MemberId
  /** Of the entry. */
  readonly seq: number
}

export interface LocalVault {
  readonly keys: DeviceKeys
  readonly device: DeviceId
  view(): VaultView
  /** The epoch under which this device writes. @throws {@link Problem} vault/member-removed when it has none. */
  epoch(): EpochKey
  epochKey(number: number): Uint8Array | undefined
  docId(name: string): DocId
  members(): readonly MemberInfo[]
  /** Every member that an entry of the log has brought, in order; the founder is not among them. */
  additions(): readonly Addition[]
  /** Raw entries, genesis first. */
  entries(reader: Reader): Promise<Uint8Array[]>
  /** Verifies and stores entries in order; says what is wrong instead of throwing. */
  append(tx: StoreTx, entry: Uint8Array): Promise<ProblemCode | undefined>
  /** Whether a row of the server's log is the one verified here, new, or a fork. */
  compare(seq: number, entry: Uint8Array): 'same' | 'new' | 'other'
  /** Leaves this device's own vault for another one, whose whole log is given. */
  replace(tx: StoreTx, log: readonly Uint8Array[]): Promise<ProblemCode | undefined>
  /**
   * Keys that this device takes on with the entry that adds them, however that entry comes here: a restored or cloned
   * store goes on as a device of its own (W37). The same until they are taken on.
   */
  nextKeys(tx: StoreTx): Promise<DeviceKeys>
  /** Takes back what a failed transaction had appended. */
  reload(reader: Reader): Promise<void>
}

interface State {
  readonly keys: DeviceKeys
  readonly view: VaultView
  readonly additions: readonly Addition[]
  readonly epochKeys: ReadonlyMap<number, Uint8Array>
}

/** Whom an entry has brought. */
const additionsOf = (before: VaultView, { view, entry }: Extract<Folded, { ok: true }>) =>
  [...view.members.keys()]
    .filter((id) => !before.members.has(id))
    .map((id): Addition => ({ id, by: entry.author, seq: entry.seq }))

async function storedLog(reader: Reader): Promise<Uint8Array[]> {
  const rows = await reader.query<{ entry: Uint8Array }>(
    'SELECT entry FROM vault_entries ORDER BY seq',
  )
  return rows.map((row) => row.entry)
}

interface VaultDeps {
  readonly store: Store
  readonly crypto: Primitives
  readonly clock: Clock
  /** This device goes on with new keys. */
  readonly renewed: (tx: StoreTx) => Promise<void>
}

/** Creates device keys and a vault of its own in a new store. */
async function found(
  tx: StoreTx,
  { crypto, clock }: Pick<VaultDeps, 'crypto' | 'clock'>,
  label: string,
): Promise<void> {
  const seeds = newDeviceSeeds(crypto)
  await tx.query('INSERT INTO device VALUES ($1, $2, $3)', [seeds.sign, seeds.box, seeds.sos])
  const keys = deviceKeys(crypto, seeds)
  const { entry, epochKey } = makeGenesis(crypto, keys, label)
  const bytes = signEntry(crypto, entry, [keys.sign.secretKey, keys.sos.secretKey])
  await tx.query('INSERT INTO vault_entries VALUES (0, $1)', [bytes])
  await tx.query('INSERT INTO epoch_keys VALUES (1, $1)', [epochKey])
  await noteOnly(tx, [keys.id], clock.now())
}

function foldStored([genesis, ...later]: readonly Uint8Array[], crypto: Primitives) {
  let folded = startVault(genesis!, crypto)
  const additions: Addition[] = []
  for (const bytes of later) {
    if (!folded.ok) break
    const { view } = folded
    folded = appendEntry(view, bytes, crypto)
    if (folded.ok) additions.push(...additionsOf(view, folded))
  }
  if (!folded.ok) throw new TypeError(`the stored vault log does not verify: ${folded.code}`)
  return { view: folded.view, additions }
}

async function storedKeys(reader: Reader, crypto: Primitives): Promise<DeviceKeys> {
  const [seeds] = await reader.query<Record<'sign_seed' | 'box_seed' | 'sos_seed', Uint8Array>>(
    'SELECT sign_seed, box_seed, sos_seed FROM device',
  )
  const { sign_seed: sign, box_seed: box, sos_seed: sos } = seeds!
  return deviceKeys(crypto, { sign, box, sos })
}

async function readState(reader: Reader, crypto: Primitives): Promise<State> {
  const rows = await reader.query<EpochKey>('SELECT number, key FROM epoch_keys')
  return {
    keys: await storedKeys(reader, crypto),
    ...foldStored(await storedLog(reader), crypto),
    epochKeys: new Map(rows.map((row) => [row.number, row.key])),
  }
}

function membersOf(crypto: Primitives, { view, epochKeys }: State): MemberInfo[] {
  const describe =
    (removed: boolean) =>
    ([id, member]: [MemberId, Member]): MemberInfo => ({
      id,
      kind: member.kind,
      label: [...epochKeys.values()]
        .map((epochKey) => openLabel(crypto, { epochKey, id, sealed: member.label }))
        .find((label) => label !== undefined),
      removed,
    })
  return [...[...view.members].map(describe(false)), ...[...view.removed].map(describe(true))]
}

export async function openVault(deps: VaultDeps, label: string): Promise<LocalVault> {
  const { store, crypto, clock } = deps
  await store.write(async (tx) => {
    const rows = await tx.query('SELECT 1 FROM device')
    if (rows.length === 0) await found(tx, deps, label)
  })
  let state = await readState(store, crypto)

  /** The next keys of this device, with their seeds, once an entry has added them. */
  async function addedNext(tx: StoreTx, view: VaultView) {
    const seeds = await readNextSeeds(tx)
    const keys = seeds && deviceKeys(crypto, seeds)
    return seeds && keys && view.members.has(keys.id) ? { seeds, keys } : undefined
  }

  /** They are this device's from now on. */
  async function takeOn(tx: StoreTx, { sign, box, sos }: DeviceSeeds): Promise<void> {
    await tx.query('UPDATE device SET sign_seed = $1, box_seed = $2, sos_seed = $3', [
      sign,
      box,
      sos,
    ])
    await forgetNextSeeds(tx)
    await deps.renewed(tx)
  }

  async function append(tx: StoreTx, bytes: Uint8Array): Promise<ProblemCode | undefined> {
    const folded = appendEntry(state.view, bytes, crypto)
    if (!folded.ok) return folded.code
    const next = await addedNext(tx, folded.view)
    const keys = next?.keys ?? state.keys
    const found = keysFromEntry(crypto, folded, keys)
    if (!found) return 'vault/entry-refused'
    if (next) await takeOn(tx, next.seeds)
    await tx.query('INSERT INTO vault_entries VALUES ($1, $2)', [folded.entry.seq, bytes])
    for (const { number, key } of found)
      await tx.query('INSERT INTO epoch_keys VALUES ($1, $2) ON CONFLICT DO NOTHING', [number, key])
    const known = [...state.epochKeys, ...found.map(({ number, key }) => [number, key] as const)]
    const added = additionsOf(state.view, folded)
    const ids = added.map(({ id }) => id)
    await noteMembers(tx, ids, clock.now())
    const { reset } = folded.view
    if (reset?.seq === folded.entry.seq) await noteReset(tx, { seq: reset.seq, at: clock.now() })
    const additions = [...state.additions, ...added]
    state = { keys, view: folded.view, additions, epochKeys: new Map(known) }
    return undefined
  }

  return {
    get keys() {
      return state.keys
    },
    get device() {
      return state.keys.id
    },
    view: () => state.view,
    epoch() {
      const { number } = currentEpoch(state.view)
      const key = state.epochKeys.get(number)
      if (!key || !state.view.members.has(state.keys.id)) throw new Problem('vault/member-removed')
      return { number, key }
    },
    epochKey: (number) => state.epochKeys.get(number),
    docId: (name) => docIdOf(crypto, state.epochKeys.get(1)!, name),
    members: () => membersOf(crypto, state),
    additions: () => state.additions,
    entries: storedLog,
    append,
    compare(seq, entry) {
      if (seq > headOf(state.view).seq) return 'new'
      const parsed = parseEntry(entry)
      const known = state.view.hashes[seq]!
      return parsed.ok && sameBytes(entryHash(parsed.value.unsigned, crypto), known)
        ? 'same'
        : 'other'
    },
    async replace(tx, [genesis, ...later]) {
      const started = startVault(genesis!, crypto)
      if (!started.ok) return started.code
      await tx.script('DELETE FROM vault_entries; DELETE FROM epoch_keys')
      await tx.query('INSERT INTO vault_entries VALUES (0, $1)', [genesis!])
      const { keys } = state
      state = { keys, view: started.view, additions: [], epochKeys: new Map() }
      for (const entry of later) {
        const code = await append(tx, entry)
        if (code) return code
      }
      await noteOnly(tx, [keys.id], clock.now())
      return state.epochKeys.has(1) ? undefined : 'crypto/wrong-key'
    },
    async nextKeys(tx) {
      const seeds = (await readNextSeeds(tx)) ?? newDeviceSeeds(crypto)
      await writeNextSeeds(tx, seeds)
      return deviceKeys(crypto, seeds)
    },
    async reload(reader) {
      state = await readState(reader, crypto)
    },
  }
}
