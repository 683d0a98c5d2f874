/** Puts the parts together: the one place where storage, keys, documents, people, alerts and server meet. */
import { createContacts } from '../contacts/contacts.ts'
import { readOwnName } from '../contacts/names.ts'
import { createHttp, type Network } from '../core/http.ts'
import { lazily } from '../core/lazily.ts'
import { createLive } from '../core/live.ts'
import { anyOf } from '../core/signal.ts'
import { sodiumArgon2id } from '../crypto/argon2id.ts'
import { loadPrimitives } from '../crypto/sodium.ts'
import { createCompaction } from '../docs/compaction.ts'
import { createDocuments } from '../docs/documents.ts'
import { createInbox } from '../docs/inbox.ts'
import { resumeNewer } from '../docs/newer-schema.ts'
import { createSealer } from '../docs/sealer.ts'
import { createSnapshots } from '../docs/snapshots.ts'
import { openLocation } from '../location/reporter.ts'
import { createIncoming } from '../sos/incoming.ts'
import type { Kit } from '../sos/kit.ts'
import type { Store } from '../store/store.ts'
import { createAuthorizedCall } from '../sync/authorized.ts'
import { createOutbox } from '../sync/outbox.ts'
import { openSession } from '../sync/session.ts'
import { createWrites } from '../sync/write.ts'
import { openVault } from '../vault/vault.ts'
import { createAccount } from './account.ts'
import { keepKeysAnnounced } from './announcing.ts'
import type { Client, ClientParts, Config } from './client.ts'
import type * as DiaryPart from './diary-part.ts'
import { createContactsWatch, keepKitTold } from './kit-profile.ts'
import { openGrantsWhenNeeded } from './grants-when-needed.ts'
import { openEndings } from './ending.ts'
import { createNotices } from './notices.ts'
import { queueAfresh, watchForRenewal } from './renewal.ts'
import { createReplication } from './replication.ts'
import { createSeenWrites } from './seen-writes.ts'
import { createSosApi } from './sos-api.ts'
import { createSyncApi } from './sync-api.ts'
import { createVaultApi } from './vault-api.ts'
import type { VaultChanges, VaultChangesDeps } from './vault-changes.ts'
import { wipeKeys } from './wipe-keys.ts'

const noNetwork: Network = () => Promise.reject(new Error('no server is configured'))
/** A name that never resolves (RFC 2606 §2), for clients without a server. */
const noServer = 'https://server.invalid'

interface Opened {
  readonly store: Store
  readonly kit: Kit
  readonly diaryPart: typeof DiaryPart
}

/** Changes of the vault's log, whose code the first of them loads. */
function changesWhenNeeded(deps: VaultChangesDeps): VaultChanges {
  const loaded = lazily(async () => {
    const { createVaultChanges } = await import('./vault-changes.ts')
    return createVaultChanges(deps)
  })
  return {
    apply: async (build) => (await loaded()).apply(build),
    append: async (entry) => (await loaded()).append(entry),
  }
}

/** Makes the client of a store and a kit that are open. */
export async function assemble(
  config: Config,
  { store, kit, diaryPart }: Opened,
): Promise<{ client: Client; parts: ClientParts }> {
  const { createChronicle, deriverOf, openDerivedTables, openDiarySide } = diaryPart
  const { network, sockets, clock, random, online, woken, hidden } = config.platform
  const ending = new AbortController()
  const http = createHttp({
    network: config.server === undefined ? noNetwork : network,
    server: new URL(config.server ?? noServer),
    clock,
    closing: ending.signal,
  })
  const crypto = await loadPrimitives(random)
  const argon2id = config.platform.argon2id ?? sodiumArgon2id(crypto)
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
  const changes = changesWhenNeeded({ ...parts, replication, random, closing: ending.signal })
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
  const grantsSide = openGrantsWhenNeeded({
    ...parts,
    random,
    book,
    replication,
    diary: diarySide.side.diary,
    diaryChanged: chronicle.changed,
  })
  const backups = lazily(async () => {
    const [{ createBackups }, { grantsDocument }] = await Promise.all([
      import('../backup/backup.ts'),
      import('../grants/book.ts'),
    ])
    return createBackups({
      ...parts,
      argon2id,
      leftOut: [grantsDocument],
      settle: book.settleRestored,
      written: replication.wake,
    })
  })
  const exporting = lazily(() => import('./export-all.ts'))
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
    backup: async (secret) => (await backups()).backup(secret),
    restore: async (file, secret) => (await backups()).restore(file, secret),
    exportAll: async () => (await exporting()).exportAll(client, vault),
    storeKind: store.kind,
    account: createAccount({ ...parts, argon2id, changes, endings, label }),
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
