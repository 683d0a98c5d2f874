/** Puts the parts together: the one place where storage, keys, documents, diary and server meet. */
import { createHttp, type Network } from '../core/http.ts'
import { createLive, type Live } from '../core/live.ts'
import type { Primitives } from '../crypto/primitives.ts'
import { loadPrimitives } from '../crypto/sodium.ts'
import { createDiary, openDiaryTables, type Diary } from '../diary/diary.ts'
import { deriveEntries } from '../diary/entries.ts'
import { createDocuments, type Documents } from '../docs/documents.ts'
import { createInbox } from '../docs/inbox.ts'
import { createSealer } from '../docs/sealer.ts'
import type { StoreKind } from '../store/files.ts'
import { openStore, type Row, type SqlValue, type Store } from '../store/store.ts'
import { createOutbox } from '../sync/outbox.ts'
import { openSession } from '../sync/session.ts'
import { createWrites } from '../sync/write.ts'
import { openVault, type LocalVault } from '../vault/vault.ts'
import { createAccount, type Account } from './account.ts'
import type { Platform } from './platform.ts'
import { createReplication } from './replication.ts'
import { upgrades } from './schema.ts'
import { createSeenWrites } from './seen-writes.ts'
import { anyOf, createSyncApi, type Sync } from './sync-api.ts'
import { createVaultApi, type Vault } from './vault-api.ts'

export interface Config {
  readonly platform: Platform
  /** Absent: local only, for ever. */
  readonly server?: URL | string
  /** Name of this device as her other devices show it. */
  readonly deviceLabel?: string
}

export interface Client extends AsyncDisposable {
  readonly storeKind: StoreKind
  readonly account: Account
  readonly vault: Vault
  readonly sync: Sync
  readonly diary: Diary
  /** Runs one read-only statement over the derived tables. */
  query<R extends object = Row>(sql: string, params?: readonly SqlValue[]): Promise<readonly R[]>
  /** The same, read again whenever the store changes. */
  live<R extends object = Row>(sql: string, params?: readonly SqlValue[]): Live<readonly R[]>
  close(): Promise<void>
}

const noNetwork: Network = () => Promise.reject(new Error('no server is configured'))
/** A name that never resolves (RFC 2606 §2), for clients without a server. */
const noServer = 'https://server.invalid'

/** What a client is made of, for tests that look inside. */
export interface ClientParts {
  readonly store: Store
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly documents: Documents
}

/**
 * Opens the store, creating it on first use, and goes on with sync where it stopped.
 * @throws {@link Problem} store/in-use, store/newer-format.
 */
export const createClient = async (config: Config): Promise<Client> =>
  (await openClient(config)).client

/** The client together with its parts. */
export async function openClient(config: Config): Promise<{ client: Client; parts: ClientParts }> {
  const store = await openStore(config.platform.files, upgrades)
  try {
    return await assemble(config, store)
  } catch (error) {
    await store.close()
    throw error
  }
}

async function assemble(
  config: Config,
  store: Store,
): Promise<{ client: Client; parts: ClientParts }> {
  const { network, clock, random, online } = config.platform
  const ending = new AbortController()
  const http = createHttp({
    network: config.server === undefined ? noNetwork : network,
    server: new URL(config.server ?? noServer),
    clock,
    closing: ending.signal,
  })
  const crypto = await loadPrimitives(random)
  const vault = await openVault({ store, crypto }, config.deviceLabel ?? 'device')
  const session = await openSession({ store, http, crypto, vault, clock })
  const documents = createDocuments({ store, crypto, vault, clock, derive: deriveEntries })
  await openDiaryTables(documents)

  const writes = createWrites()
  const seenWrites = createSeenWrites(writes)
  const inbox = createInbox({ crypto, vault, documents })
  const outbox = createOutbox({
    store,
    http,
    session,
    clock,
    sealer: createSealer({ crypto, vault }),
    settled(op, outcome) {
      writes.stored(op.edits, outcome)
      if (outcome.outcome === 'applied') seenWrites.stored(op)
    },
  })
  const parts = { store, http, crypto, vault, session, documents, outbox, writes }
  const replication = createReplication({ ...parts, inbox, clock, random, seenWrites })

  const ends = [
    session.status.subscribe(replication.adjust),
    online?.subscribe(replication.wake) ?? (() => {}),
  ]
  replication.adjust()
  let closing: Promise<void> | undefined

  async function close(): Promise<void> {
    ending.abort()
    for (const end of ends) end()
    await replication.stop()
    await store.close()
  }

  const client: Client = {
    storeKind: store.kind,
    account: createAccount(parts),
    vault: createVaultApi({
      ...parts,
      replication,
      committed: anyOf(store.committed, replication.changed),
      closing: ending.signal,
    }),
    sync: createSyncApi({ store, session, outbox, replication }),
    diary: createDiary({
      ...parts,
      clock,
      random,
      written: replication.wake,
    }),
    query: (sql, params) => store.read(sql, params),
    live: (sql, params) => createLive(() => store.read(sql, params), store.committed),
    close: () => (closing ??= close()),
    [Symbol.asyncDispose]: () => client.close(),
  }
  return { client, parts }
}
