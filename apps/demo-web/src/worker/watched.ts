/** Live values that the diary offers every tab, by name. Everything that crosses is plain data. */
import type {
  AccountState,
  AddressContact,
  Alert,
  Contact,
  Day,
  DeclaredEpisode,
  GivenGrant,
  IncomingAlert,
  LocationState,
  PlannedNotice,
  Profile,
  Quarantined,
  Reachable,
  Readiness,
  ReceivedGrant,
  Reminders,
  SafeState,
  SetAside,
  Settings,
  SlotInfo,
  StoreKind,
  SyncState,
  VaultState,
} from '@selene/client-sdk'
import type {
  CivilDate,
  CycleHistory,
  Forecast,
  Insight,
  Reminder,
  ReminderSettings,
  SymptomPhases,
  SymptothermalEvaluation,
} from '@selene/client-sdk/calendar'
import type { Fault } from './fault.ts'

/** How far the diary is. */
export type Opening =
  | { readonly state: 'opening' }
  /** There is none yet; `unsealed`: but one that was never encrypted. */
  | { readonly state: 'new'; readonly unsealed: boolean }
  /** `fault`: it needs no secret of hers, and did not open all the same. */
  | { readonly state: 'locked'; readonly fault?: Fault }
  | {
      readonly state: 'open'
      readonly kind: StoreKind
      /** Whether a secret of hers opens it. */
      readonly hasLock: boolean
      readonly readOnly: boolean
    }
  | { readonly state: 'failed'; readonly fault: Fault }

/** Live values by name, with what each is asked for. */
export interface Topics {
  readonly opening: { args: []; value: Opening }
  /** The store as a file: its size, and what may happen to it. */
  readonly safe: { args: []; value: SafeState }
  /** The secrets that open it. */
  readonly secrets: { args: []; value: readonly SlotInfo[] }
  readonly account: { args: []; value: AccountState }
  readonly vault: { args: []; value: VaultState }
  readonly sync: { args: []; value: SyncState }
  readonly setAside: { args: []; value: readonly SetAside[] }
  readonly quarantined: { args: []; value: readonly Quarantined[] }
  readonly day: { args: [date: CivilDate]; value: Day }
  /** How many edits of days can be taken back. */
  readonly undoable: { args: []; value: number }
  readonly range: { args: [from: CivilDate, to: CivilDate]; value: readonly Day[] }
  readonly cycles: { args: []; value: CycleHistory }
  readonly forecast: { args: []; value: Forecast }
  readonly insights: { args: []; value: readonly Insight[] }
  /** Symptoms by phase of the cycles that are over and count. */
  readonly symptoms: { args: []; value: SymptomPhases }
  readonly evaluation: { args: [cycleStart: CivilDate]; value: SymptothermalEvaluation | null }
  readonly profile: { args: []; value: Profile }
  /** How the app is on all her devices. */
  readonly settings: { args: []; value: Settings }
  readonly episodes: { args: []; value: readonly DeclaredEpisode[] }
  readonly reminders: { args: []; value: ReminderSettings }
  readonly nextReminders: { args: []; value: readonly Reminder[] }
  readonly reminderReach: { args: []; value: Reminders['reach'] }
  /** Reminders that have come and were not put away, the latest last. */
  readonly notices: { args: []; value: readonly PlannedNotice[] }
  readonly readiness: { args: []; value: Readiness }
  readonly alert: { args: []; value: Alert | null }
  readonly incoming: { args: []; value: readonly IncomingAlert[] }
  readonly contacts: { args: []; value: readonly Contact[] }
  /** People without the app. */
  readonly addresses: { args: []; value: readonly AddressContact[] }
  /** The same as the SOS kit knows them, while the diary is locked too. */
  readonly reachable: { args: []; value: readonly Reachable[] }
  readonly ownName: { args: []; value: string | undefined }
  /** Sixty digits of her own share identity; absent before her first invitation. */
  readonly ownIdentity: { args: []; value: string | undefined }
  /** What she lets contacts read. */
  readonly given: { args: []; value: readonly GivenGrant[] }
  /** What contacts let her read. */
  readonly received: { args: []; value: readonly ReceivedGrant[] }
  readonly location: { args: []; value: LocationState }
}
export type Topic = keyof Topics

/** A live value as it stands. */
export type Watched<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly fault: Fault }
