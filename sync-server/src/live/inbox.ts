/** Where the notices of the live connection come from. Another feature keeps them. */
import type { Notice, VaultId } from '@selene/shapes'

/** Some notices, ascending by id. */
export interface NoticePage {
  readonly notices: readonly Notice[]
  /** The `after` of the next page; absent from the last one. */
  readonly next?: number
}

export interface Inbox {
  /**
   * A page of the account's notices behind the id `after`: later than `last`, or not acknowledged, or so
   * young that an earlier id may have been committed after a later one. Some have therefore been sent
   * before.
   */
  since(account: VaultId, from: { last: number; after: number }): Promise<NoticePage>
  /** An app of the account has stored the notice; a foreign or unknown id changes nothing. */
  ack(account: VaultId, id: number): Promise<void>
  /** Accounts with a notice of the last minute that no app has acknowledged. */
  recentlyUnacked(): Promise<VaultId[]>
}
