/** Where the notices of the live connection come from. Another feature keeps them. */
import type { Notice, VaultId } from '@selene/shapes'

export interface Inbox {
  /**
   * Notices of the account, ascending by id: later than `lastId`, or not acknowledged, or so young that
   * an earlier id may have been committed after a later one. Some have therefore been sent before.
   */
  since(account: VaultId, lastId: number): Promise<Notice[]>
  /** An app of the account has stored the notice; a foreign or unknown id changes nothing. */
  ack(account: VaultId, id: number): Promise<void>
  /** Accounts with a notice of the last minute that no app has acknowledged. */
  recentlyUnacked(): Promise<VaultId[]>
}
