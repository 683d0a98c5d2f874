/**
 * The client: what an open store, the kit and a platform make together. What it is made of (`assemble.ts`) is loaded apart,
 * so that the lock screen and an SOS need not wait for it (C150).
 */
import type { Backups } from '../backup/backup.ts'
import type { Contacts } from '../contacts/contact.ts'
import { lazily } from '../core/lazily.ts'
import type { Live } from '../core/live.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { CompactAfter, Compaction } from '../docs/compaction.ts'
import type { Documents } from '../docs/documents.ts'
import type { Grants } from '../grants/grants.ts'
import type { Location } from '../location/location.ts'
import type { Sos } from '../sos/alert.ts'
import type { Kit } from '../sos/kit.ts'
import { memoryKitFile } from '../store/memory-kit-file.ts'
import type { StoreKind } from '../store/files.ts'
import { openPlatformStore } from '../store/safe/platform-store.ts'
import type { Durability } from '../store/sealed/sealed-fs.ts'
import type { Row, SqlValue, Store } from '../store/store.ts'
import type { LocalVault } from '../vault/vault.ts'
import type { Account } from './account.ts'
import type { DiarySide } from './diary-side.ts'
import type { ExportEverything } from './export-all.ts'
import type { Platform } from './platform.ts'
import { openSosKit } from './sos-kit.ts'
import { storeTools } from './store-tools.ts'
import type { Sync } from './sync-api.ts'
import type { Vault } from './vault-api.ts'

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

/** What a client is made of, for tests that look inside. */
export interface ClientParts {
  readonly store: Store
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly documents: Documents
  readonly compaction: Compaction
}

/** What an open store needs; to be called early, so that it is there when it is needed. */
export const loadClientParts = lazily(async () => {
  const [{ assemble }, diaryPart] = await Promise.all([
    import('./assemble.ts'),
    import('./diary-part.ts'),
  ])
  return { assemble, diaryPart }
})

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
  const [tools] = await Promise.all([storeTools(platform, durability), loadClientParts()])
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
    const { assemble, diaryPart } = await loadClientParts()
    return await assemble(config, { store, kit, diaryPart })
  } catch (error) {
    if (!config.kit) await kit.close()
    throw error
  }
}
