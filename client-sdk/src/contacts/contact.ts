/** What an app sees of trusted contacts. */
import type { ContactId } from '@selene/shapes'
import type { Live } from '../core/live.ts'

/** `invited` = the link is not accepted yet; `trusted` = alerts are sealed for them. */
export interface Contact {
  readonly id: ContactId
  readonly name: string
  readonly state: 'invited' | 'trusted' | 'expired'
  /** When an invitation ends, milliseconds since 1970. */
  readonly expiresAt?: number
}

export interface Contacts {
  readonly list: Live<readonly Contact[]>
  /** Her own name as contacts and the people she helps see it. */
  readonly ownName: Live<string | undefined>
  setOwnName(name: string): Promise<void>
  /**
   * Makes a link for one person; it works once, for 72 hours, and is a secret.
   * @param name What she calls them.
   * @throws {@link Problem} account/none, server/unreachable.
   */
  invite(name: string): Promise<{ link: URL; expiresAt: number }>
  /**
   * Accepts a link: from then on each is the other's contact.
   * @param name What she calls the person whose link it is; absent: what they call themselves.
   * @throws {@link Problem} account/none, contact/invite-unknown, contact/own-invite, server/unreachable;
   * TypeError when it is no invitation link.
   */
  accept(link: string, name?: string): Promise<Contact>
  /** Neither is the other's contact any more. @throws {@link Problem} server/unreachable. */
  remove(id: ContactId): Promise<void>
}
