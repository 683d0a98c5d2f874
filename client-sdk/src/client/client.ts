/** Puts the parts together: the one place where storage, keys, documents, people, alerts and server meet. */
import { createBackups, type Backups } from '../backup/backup.ts'
import { createContacts } from '../contacts/contacts.ts'
import type { Contacts } from '../contacts/contact.ts'
import { readOwnName } from '../contacts/names.ts'
import { createHttp, type Network } from '../core/http.ts'
import { createLive, type Live } from '../core/live.ts'
import { anyOf } from '../core/signal.ts'
import { sodiumArgon2id } from '../crypto/argon2id.ts'
import type { Primitives } from '../crypto/primitives.ts'
import { loadPrimitives } from '../crypto/sodium.ts'
import { createChronicle } from '../diary/chronicle.ts'
import { createCompaction, type CompactAfter, type Compaction } from '../docs/compaction.ts'
import { createDocuments, type Documents } from '../docs/documents.ts'
import { createInbox } from '../docs/inbox.ts'
import { resumeNewer } from '../docs/newer-schema.ts'
import { createSealer } from '../docs/sealer.ts'
import { createSnapshots } from '../docs/snapshots.ts'
import { grantsDocument } from '../grants/book.ts'
import type { Grants } from '../grants/grants.ts'
import type { Location } from '../location/location.ts'
import { openLocation } from '../location/reporter.ts'
import type { Sos } from '../sos/alert.ts'
import { createIncoming } from '../sos/incoming.ts'
import type { Kit } from '../sos/kit.ts'
import { memoryKitFile } from '../store/memory-kit-file.ts'
import type { StoreKind } from '../store/files.ts'
import { openPlatformStore } from '../store/safe/platform-store.ts'
import type { Durability } from '../store/sealed/sealed-fs.ts'
import type { Row, SqlValue, Store } from '../store/store.ts'
import { createAuthorizedCall } from '../sync/authorized.ts'
import { createOutbox } from '../sync/outbox.ts'
import { openSession } from '../sync/session.ts'
import { createWrites } from '../sync/write.ts'
import { openVault, type LocalVault } from '../vault/vault.ts'
import { createAccount, type Account } from './account.ts'
import { keepKeysAnnounced } from './announcing.ts'
import { deriverOf, openDerivedTables } from './derived-tables.ts'
import { openDiarySide, type DiarySide } from './diary-side.ts'
import { createContactsWatch, keepKitTold } from './kit-profile.ts'
import { openGrantsSide } from './grants-side.ts'
import { openEndings } from './ending.ts'
import { createExportAll, type ExportEverything } from './export-all.ts'
import { createNotices } from './notices.ts'
import type { Platform } from './platform.ts'
import { queueAfresh, watchForRenewal } from './renewal.ts'
import { createReplication } from './replication.ts'
import { createSeenWrites } from './seen-writes.ts'
import { openSosKit } from './sos-kit.ts'
import { createSosApi } from './sos-api.ts'
import { storeTools } from './store-tools.ts'
import { createSyncApi, type Sync } from './sync-api.ts'
import { createVaultChanges } from './vault-changes.ts'
import { createVaultApi, type Vault } from './vault-api.ts'
import { wipeKeys } from './wipe-keys.ts'

export interface Config {
  readonly platform: Platform
  /** Absent: local only, for ever. */
  readonly server?: URL | string
  /** Name of this device as her other devices show it. */
  readonly deviceLabel?: string
  /** What a reminder shows on a lock screen, whatever it is about; "A note for you" unless given. */
  readonly noticeText?: string
  /** An SOS kit of this platform that is open already, and stays open when the client closes. */
  readonly kit?: Kit
  /**
   * `strict`, unless told: what resolved survives loss of power. `relaxed`: loss of power, or the end of the process,
   * takes at most what was written in the last moment (0.2 s); writing is faster.
   */
  readonly durability?: Durability
  /** Envelopes, or their bytes, beyond its last snapshot after which a document gets one; 64 and 64 KiB unless given. */
  readonly compactAfter?: CompactAfter
}

export interface Client extends AsyncDisposable, DiarySide, Backups, ExportEverything {
  readonly storeKind: StoreKind
  readonly account: Account
  readonly vault: Vault
  readonly sync: Sync
  readonly contacts: Contacts
  readonly grants: Grants
  readonly sos: Sos
  readonly location: Location
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
  readonly compaction: Compaction
}

/**
 * Opens a store that the platform alone opens, creating it on first use, and goes on with sync and alerts where they
 * stopped. Calling this is the choice of a store without a lock, for programs without a person; apps use `openSafe`.
 * @throws {@link Problem} store/in-use, store/locked, store/newer-format, store/damaged …
 */
export const createClient = async (config: Config): Promise<Client> =>
  (await openClient(config)).client

/** The client together with its parts. */
export async function openClient(config: Config): Promise<{ client: Client; parts: ClientParts }> {
  const { platform, durability = 'strict' } = config
  const tools = await storeTools(platform, durability)
  const store = await openPlatformStore({ ...tools, files: platform.files })
  try {
    return await openClientOn(store, config)
  } catch (error) {
    await store.close()
    throw error
  }
}

/** A kit in memory when that of the platform cannot be had: the diary opens, and she can raise an alert. */
export async function openKitAnyway(config: Config): Promise<Kit> {
  try {
    return await openSosKit(config)
  } catch {
    return openSosKit({ ...config, platform: { ...config.platform, kit: memoryKitFile() } })
  }
}

/** The same on a store that is open. */
export async function openClientOn(
  store: Store,
  config: Config,
): Promise<{ client: Client; parts: ClientParts }> {
  const kit = config.kit ?? (await openKitAnyway(config))
  try {
    return await assemble(config, { store, kit })
  } catch (error) {
    if (!config.kit) await kit.close()
    throw error
  }
}

async function assemble(
  config: Config,
  { store, kit }: { readonly store: Store; readonly kit: Kit },
): Promise<{ client: Client; parts: ClientParts }> {
  const { network, sockets, clock, random, online, woken, hidden } = config.platform
  const ending = new AbortController()
  const http = createHttp({
    network: config.server === undefined ? noNetwork : network,
    server: new URL(config.server ?? noServer),
    clock,
    closing: ending.signal,
  })
  const crypto = await loadPrimitives(random)
  const label = config.deviceLabel ?? 'device'
  const vault = await openVault({ store, crypto, clock, renewed: queueAfresh }, label)
  const session = await openSession({ store, http, crypto, vault, clock })
  const call = createAuthorizedCall({ http, session })
  const watch = createContactsWatch()
  const chronicle = createChronicle(store)
  const deriver = deriverOf(chronicle, watch.derive)
  const documents = createDocuments({ store, crypto, vault, clock, deriver })
  await openDerivedTables(documents)

  const writes = createWrites()
  const seenWrites = createSeenWrites(writes)
  const inbox = createInbox({ crypto, vault, documents })
  const compaction = createCompaction({ crypto, vault, after: config.compactAfter })
  const snapshots = createSnapshots({
    crypto,
    vault,
    documents,
    enqueue: (tx, op) => outbox.enqueue(tx, op),
  })
  const outbox = createOutbox({
    store,
    http,
    session,
    clock,
    sealer: createSealer({ crypto, vault, clock, compaction }),
    settled(op, outcome) {
      writes.stored(op.edits, outcome)
      if (outcome.outcome === 'applied') seenWrites.stored(op)
    },
  })
  await resumeNewer({ documents, inbox, snapshots }, store)
  const made = { store, crypto, vault, documents, compaction }
  const parts = { ...made, http, session, outbox, writes, call, clock }
  const book = createContacts({ ...parts, server: http.server, written: () => replication.wake() })
  const incoming = createIncoming({
    ...parts,
    sharesOf: async (reader) => (await book.roster(reader)).shares,
    ownName: () => readOwnName(store),
  })
  // What fails is left to the next opening, or to the next notice.
  await incoming.prune(clock.now()).catch(() => {})
  const notices = createNotices({ store, documents, kit, takeAlert: incoming.take })
  const { links } = book
  const endings = await openEndings(parts)
  const reading = { inbox, snapshots, links, seenWrites, endings }
  const replication = createReplication({
    ...parts,
    ...reading,
    ...(woken && { woken }),
    notices,
    sockets,
    random,
  })
  const changing = { ...parts, replication, random, closing: ending.signal }
  const changes = createVaultChanges(changing)
  const changed = replication.changed
  const renewal = watchForRenewal({ ...parts, replication, changes, label, changed })
  const location = await openLocation({ ...parts, random })
  const diarySide = openDiarySide({
    ...parts,
    platform: config.platform,
    noticeText: config.noticeText ?? 'A note for you',
    chronicle,
    written: replication.wake,
  })
  const grantsSide = openGrantsSide({
    ...parts,
    random,
    book,
    replication,
    diary: diarySide.side.diary,
    diaryChanged: chronicle.changed,
  })
  const backups = createBackups({
    ...parts,
    argon2id: config.platform.argon2id ?? sodiumArgon2id(crypto),
    leftOut: [grantsDocument],
    settle: book.settleRestored,
    written: replication.wake,
  })
  const announcing = keepKeysAnnounced({ replication, vault, book, watch })
  const keeper = keepKitTold({ store, session, vault, book, kit, watch })
  await keeper.told()

  const ends = [
    session.status.subscribe(replication.adjust),
    online?.subscribe(replication.retry) ?? (() => {}),
    woken?.subscribe(replication.retry) ?? (() => {}),
    hidden?.subscribe(replication.hidden) ?? (() => {}),
    location.close,
  ]
  replication.adjust()
  let closing: Promise<void> | undefined

  async function close(): Promise<void> {
    ending.abort()
    for (const end of ends) end()
    await replication.stop()
    await renewal.stop()
    await endings.settled()
    await announcing.stop()
    await keeper.stop()
    await grantsSide.close()
    await diarySide.close()
    if (!config.kit) await kit.close()
    await store.close()
    wipeKeys(crypto, vault)
  }

  const { contacts } = book
  const sos = createSosApi(kit, incoming)
  const client: Client = {
    ...diarySide.side,
    ...backups,
    ...createExportAll({ ...diarySide, contacts, sos, vault }),
    storeKind: store.kind,
    account: createAccount({ ...parts, changes, endings, label }),
    vault: createVaultApi({
      ...parts,
      replication,
      changes,
      committed: anyOf(store.committed, replication.changed),
      closing: ending.signal,
    }),
    sync: createSyncApi({ ...parts, replication }),
    contacts,
    grants: grantsSide.grants,
    sos,
    location,
    query: (sql, params) => store.read(sql, params),
    live: (sql, params) => createLive(() => store.read(sql, params), store.committed),
    close: () => (closing ??= close()),
    [Symbol.asyncDispose]: () => client.close(),
  }
  return { client, parts }
}
