/** Selene's client SDK: a diary that works offline and syncs between one's own devices, and help when it is needed. */
export { createClient, type Client, type Config } from './client/client.ts'
export type { Platform } from './client/platform.ts'
export {
  openSafe,
  type CreateOptions,
  type Created,
  type Safe,
  type SafeConfig,
  type UnlockOptions,
} from './client/safe.ts'
export type { SafeState, SafeWarning } from './client/safe-state.ts'
export type { NewSecret, Secret } from './store/safe/secret.ts'
export type { AddedSlot, SlotEdits, SlotInfo } from './store/safe/slot-edits.ts'
export type { SlotKind } from './store/safe/key-area.ts'
export type { UnlockMode } from './store/safe/strongbox.ts'
export type { CheckReport, DamagedFile } from './store/sealed/check.ts'
export type { Durability } from './store/sealed/sealed-fs.ts'
export {
  leastStrengthBits,
  passphraseStrength,
  type Strength,
} from './crypto/passphrase-strength.ts'
export type { Argon2id, StretchCost, StretchInput } from './crypto/argon2id.ts'
export { openSosKit } from './client/sos-kit.ts'
export type { Kit } from './sos/kit.ts'
export { browserPlatform } from './client/browser-platform.ts'
export type { Account, AccountState } from './client/account.ts'
export type { Joining, KnownMember, Vault, VaultState } from './client/vault-api.ts'
export type { Quarantined, Sync } from './client/sync-api.ts'
export type { SetAside } from './docs/refused.ts'
export type { SetAsideContent } from './client/set-aside-api.ts'
export type { SyncPhase, SyncState } from './client/sync-state.ts'
export type { RecoverySecret } from './client/recovery-secret.ts'
export type { AdmittingByDigits, JoiningByDigits } from './client/digit-links.ts'
export type { NewMember } from './client/member-news.ts'
export type { Ending } from './client/ending.ts'
export type { WayBackApi } from './client/way-back-api.ts'
export type { MemberInfo } from './vault/vault.ts'
export type { DayEdit, Diary, DiaryChange } from './diary/diary.ts'
export type { Undone } from './diary/undo.ts'
export type { Day } from './diary/month.ts'
export type { DeclaredEpisode, Profile, ProfileChange } from './diary/profile.ts'
export type { Episodes, ProfileApi } from './diary/profile-api.ts'
export type { Settings, SettingsChange } from './diary/settings.ts'
export type { SettingsApi } from './diary/settings-api.ts'
export type { SettingEdit } from './diary/choices-api.ts'
export type { Reminders } from './diary/reminders-api.ts'
export type { Backups, RestoreReport } from './backup/backup.ts'
export type { BackupSecret } from './backup/file-key.ts'
export type { ImportConflict, ImportPreview } from './diary/import.ts'
export type { Outcome, Write } from './sync/write.ts'
export { until, type Live, type LiveState } from './core/live.ts'
export type {
  Alert,
  AlertKind,
  AlertPhase,
  Audience,
  ContactStanding,
  IncomingAlert,
  RaiseOptions,
  Readiness,
  ReadinessGap,
  Responder,
  Sos,
  SosKit,
} from './sos/alert.ts'
export type { Contact, Contacts } from './contacts/contact.ts'
export type { AddressContact, Addresses } from './contacts/addresses.ts'
export type { GivenGrant, GrantRequest, Grants, ReceivedGrant } from './grants/grants.ts'
export type { ExpectedPeriod, GrantPage } from './grants/page.ts'
export type { Location, LocationState } from './location/location.ts'
export type { Notifier, PlannedNotice } from './core/notifier.ts'
export type { Position } from './core/position.ts'
export { messageLink, type PlainMessage, type Reachable } from './core/message-link.ts'
export type { Clock } from './core/clock.ts'
export type { Network } from './core/http.ts'
export type { Socket, Sockets } from './core/sockets.ts'
export type { Random } from './core/random.ts'
export { joinTabs, type OpenHost, type TabRole, type Tabs } from './tabs/tabs.ts'
export type { TabHost } from './tabs/leading.ts'
export { browserTabChannel, browserTabLocks, type TabChannel, type TabLocks } from './tabs/ports.ts'
export { createSignal, type Signal } from './core/signal.ts'
export type {
  DatabaseEntry,
  OpenFiles,
  PlainStore,
  StoreDevice,
  StoreFiles,
  StoreKind,
  Surroundings,
} from './store/files.ts'
export type { BlockDevice } from './store/sealed/block-device.ts'
export type { Keychain } from './store/keychain.ts'
export type { KitFiles } from './store/kit-files.ts'
export type { Row, SqlValue } from './store/store.ts'
export {
  Problem,
  type AlertId,
  type ContactId,
  type GrantId,
  type GrantScope,
  type OpId,
  type ProblemCode,
  type Remedy,
  type ResponseId,
  type ResponseState,
} from '@selene/shapes'
