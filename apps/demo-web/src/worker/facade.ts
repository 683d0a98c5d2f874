/** What the diary offers every tab: calls by name, beside its live values. Everything that crosses is plain data. */
import type {
  AddedSlot,
  Alert,
  AlertId,
  BackupSecret,
  CheckReport,
  Contact,
  ContactId,
  CreateOptions,
  DiaryChange,
  GrantId,
  GrantRequest,
  ImportPreview,
  KnownMember,
  NewSecret,
  OpId,
  PlainMessage,
  Position,
  ProfileChange,
  Quarantined,
  RaiseOptions,
  Reachable,
  RecoverySecret,
  ResponseState,
  RestoreReport,
  Secret,
  SettingEdit,
  SettingsChange,
  SetAsideContent,
  Strength,
  Undone,
  UnlockMode,
} from '@selene/client-sdk'
import type {
  CivilDate,
  Episode,
  LoggedDay,
  QuietHours,
  ReminderRule,
} from '@selene/client-sdk/calendar'
import type { CsvSniff, ImportFailure, ImportOptions } from '@selene/client-sdk/interchange'

import type { Topic, Watched } from './watched.ts'

/** What an import would do, with the number by which it is committed. */
export type ImportSummary = Omit<ImportPreview, 'commit'> & { readonly id: string }
/** What is taken out of the diary; all days unless some are named. */
export interface ExportOrder {
  readonly format: 'drip-csv' | 'json'
  readonly from?: CivilDate
  readonly to?: CivilDate
}
export type ArmOptions = RaiseOptions & { readonly seconds?: number }

/** What came of taking back an edit, without the way to follow what it wrote. */
export type UndoneEdit =
  | Exclude<Undone, { outcome: 'undone' }>
  | Omit<Extract<Undone, { outcome: 'undone' }>, 'write'>

/** A secret of hers that opens the diary, typed again; absent where it has no lock. */
export type Proof = Secret | undefined

/** Every call is rejected with an error that carries a `Fault`. */
export interface Facade {
  /** Makes the store, and takes over one that was not encrypted; the words are shown once. */
  create(secrets: CreateOptions): Promise<{ recoveryPhrase?: string }>
  unlock(secret: Secret, mode?: UnlockMode): Promise<void>
  /** Locks it in all tabs. */
  lock(): Promise<void>
  /** Locks it after so many seconds without {@link Facade.touch}; `null`: never by itself. */
  setAutoLock(seconds: number | null): Promise<void>
  /** She is there. */
  touch(): Promise<void>
  /** Each change asks for a secret that opens the store. */
  addSecret(proof: Secret, made: NewSecret): Promise<AddedSlot>
  changeSecret(proof: Secret, id: number, made: NewSecret): Promise<AddedSlot>
  removeSecret(proof: Secret, id: number): Promise<void>
  checkStore(): Promise<CheckReport>
  /** Makes everything on this device unreadable and removes it; the SOS kit stays. */
  erase(): Promise<void>

  /** Resolves when the change is durable on this device. */
  edit(date: CivilDate, change: DiaryChange): Promise<void>
  /** Takes back the last edit of a day. */
  undo(): Promise<UndoneEdit>
  setProfile(change: ProfileChange): Promise<void>
  setSettings(change: SettingsChange): Promise<void>
  /** What she has set once for all days and devices, with where and when; taken back ones are not in it. */
  chosen(): Promise<readonly SettingEdit[]>
  /** Declares a time, or changes the one with that id. */
  putEpisode(episode: Episode & { readonly id?: string }): Promise<void>
  removeEpisode(id: string): Promise<void>
  putReminder(rule: ReminderRule): Promise<void>
  removeReminder(id: string): Promise<void>
  setQuietHours(hours: QuietHours | null): Promise<void>
  /** Puts away all reminders that have come. */
  dismissNotices(): Promise<void>
  /** Reads a file; {@link Facade.commitImport} writes what this said. */
  previewImport(file: Blob, options?: ImportOptions): Promise<ImportSummary>
  /** @param id Of the summary. */
  commitImport(id: string): Promise<void>
  /** A first look at a table of another program; nothing is kept of it. */
  sniffTable(file: Blob): Promise<CsvSniff | ImportFailure>
  /** The different words of columns of a table, forty of each at most. */
  tableWords(
    file: Blob,
    columns: readonly string[],
  ): Promise<Readonly<Record<string, readonly string[]>>>
  exportDiary(order: ExportOrder): Promise<Blob>
  /** The days of a time as a report tells them: an imported note and her own are one. */
  readDays(from: CivilDate, to: CivilDate): Promise<readonly LoggedDay[]>
  /** Everything she wrote as one sealed file. */
  makeBackup(proof: Proof, secret: BackupSecret): Promise<Blob>
  /** Everything that is here of her as one file that anybody can read. */
  exportEverything(proof: Proof): Promise<Blob>
  /** Adds what is in a backup to what is here. */
  restoreBackup(file: Blob, secret: BackupSecret): Promise<RestoreReport>

  register(account: { identifier: string; passphrase: string }): Promise<{ recoveryPhrase: string }>
  signIn(account: { identifier: string; passphrase: string }): Promise<void>
  syncNow(): Promise<void>
  /** The page goes out of sight and may not come back. */
  hidden(): Promise<void>

  /** Asks to join the vault of another device; returns the code to show to it. */
  startJoining(): Promise<string>
  /** The same by a word to be typed there, which it returns. */
  startJoiningByWord(): Promise<string>
  /** Six digits to compare, once the word was typed. */
  joiningDigits(): Promise<string>
  /** She says that the other device shows the same digits. */
  confirmJoining(): Promise<void>
  /** Resolves once this device has joined. */
  joined(): Promise<void>
  cancelJoining(): Promise<void>
  admit(proof: Proof, code: string, label: string): Promise<void>
  /** Meets the device that shows the word; returns six digits to compare. */
  meet(proof: Proof, word: string, label: string): Promise<string>
  /** She says that it shows the same: admits it. */
  admitMet(): Promise<void>
  forgetMet(): Promise<void>

  /** Asks for a secret of hers and does nothing. */
  prove(proof: Proof): Promise<void>
  removeMember(proof: Proof, id: KnownMember['id']): Promise<void>
  /** She has seen who is new. */
  looked(): Promise<void>
  /** Proves that the secret would bring her back, changing nothing. */
  rehearse(secret: RecoverySecret): Promise<void>
  newPhrase(): Promise<string>
  changePassphrase(change: { by: RecoverySecret; next: string }): Promise<void>
  replacePhrase(change: { by: RecoverySecret; next: string }): Promise<void>
  announceReset(proof: Proof, next: string): Promise<void>
  cancelReset(): Promise<void>
  completeReset(proof: Proof): Promise<void>
  recover(secret: RecoverySecret): Promise<void>
  /** Erases the account on the server; the diary here stays. */
  eraseAccount(proof: Proof, by: RecoverySecret): Promise<void>
  /** What a refused change wrote; absent when it is not set aside any more. */
  readSetAside(id: OpId): Promise<SetAsideContent | undefined>
  /** Sends a refused change once more. */
  retrySetAside(id: OpId): Promise<void>
  /** Gives a refused change up; the diary here stays as it is. */
  giveUpSetAside(id: OpId): Promise<void>
  /** Gives up a change that cannot be opened, on all her devices. */
  giveUp(place: Pick<Quarantined, 'docId' | 'deviceId' | 'docSeq'>): Promise<void>

  /** @param again It may have been done before: an alert that runs is taken for it. */
  raise(options: RaiseOptions, again?: 'again'): Promise<Alert>
  arm(options: ArmOptions, again?: 'again'): Promise<Alert>
  fire(id: AlertId): Promise<void>
  update(id: AlertId, details: { position?: Position; note?: string }): Promise<void>
  cancel(id: AlertId): Promise<void>
  /** She is safe. */
  resolve(id: AlertId): Promise<void>
  dismiss(id: AlertId): Promise<void>
  respond(id: AlertId, state: ResponseState, note?: string): Promise<void>
  locate(id: AlertId): Promise<Position | undefined>

  setOwnName(name: string): Promise<void>
  invite(name: string): Promise<{ link: string; expiresAt: number }>
  accept(link: string, name?: string): Promise<Contact>
  removeContact(id: ContactId): Promise<void>
  /** Sixty digits that are the same on the other's screen. */
  fingerprint(id: ContactId): Promise<string>
  /** Whether what the other's screen shows is the same; then the contact is verified. */
  verifyContact(id: ContactId, shown: string): Promise<boolean>
  addAddress(person: Reachable): Promise<void>
  changeAddress(id: ContactId, person: Reachable): Promise<void>
  removeAddress(id: ContactId): Promise<void>
  /** Links to the composers of this device, with a message to everybody without the app. */
  messageLinks(message: PlainMessage): Promise<readonly (Reachable & { href: string })[]>
  /** Lets a contact read. */
  grant(proof: Proof, request: GrantRequest): Promise<void>
  endGrant(id: GrantId): Promise<void>
  /** Exchanges what is shared with the server now. */
  refreshGrants(): Promise<void>
  setLocation(settings: {
    sharing: boolean
    radiusMetres?: number
    position?: Position
  }): Promise<void>
  reportPosition(position: Position): Promise<void>
}
export type CallName = keyof Facade

/** What the worker of a tab offers its page: the diary's calls and live values, whichever tab works for it. */
export interface TabApi {
  call(name: CallName, args: readonly unknown[]): Promise<unknown>
  /** Tells how a live value stands, now and after each change, until {@link TabApi.unwatch}. */
  watch(
    watch: { readonly id: number; readonly topic: Topic; readonly args: readonly unknown[] },
    told: (state: Watched<never>) => void,
  ): void
  unwatch(id: number): void
  /** How hard a passphrase is to guess; it goes no further than this tab. */
  strength(passphrase: string): Promise<Strength>
}
