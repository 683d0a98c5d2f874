/** What an app sees of trusted contacts. */
import type { ContactId } from '@selene/shapes'
import type { Live } from '../core/live.ts'
import type { Addresses } from './addresses.ts'

/** `invited` = the link is not accepted yet; `trusted` = alerts are sealed for them. */
export interface Contact {
  readonly id: ContactId
  readonly name: string
  readonly state: 'invited' | 'trusted' | 'expired'
  /** When an invitation ends, milliseconds since 1970. */
  readonly expiresAt?: number
  /** Present once she has compared the fingerprint; an invitation that was accepted proves less. */
  readonly verified?: true
  /**
   * Present where an earlier link to the same account showed another identity, or where this one named two that cannot
   * both be theirs, until the fingerprint was compared: the person may have begun anew, or somebody may have taken
   * their place.
   */
  readonly keysChanged?: true
  /**
   * Present where the person has new keys, signed by those before, as after removing a device, until the fingerprint
   * was compared: alerts are sealed to the old ones and the new.
   */
  readonly keysRenewed?: true
}

export interface Contacts extends Addresses {
  readonly list: Live<readonly Contact[]>
  /** Her own name as contacts and the people she helps see it. */
  readonly ownName: Live<string | undefined>
  setOwnName(name: string): Promise<void>
  /**
   * Twelve groups of five digits of the identity that new contacts get, the same on all her devices; `undefined` before
   * the first invitation. Contacts compare {@link Contacts.fingerprint}.
   */
  readonly ownIdentity: Live<string | undefined>
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
  /**
   * Twelve groups of five digits that are the same on the other's screen unless somebody stands between.
   * @throws {@link Problem} contact/unknown for anyone whose keys are not pinned.
   */
  fingerprint(id: ContactId): Promise<string>
  /**
   * Compares what the other's screen shows; only when it is the same the contact is verified.
   * @throws {@link Problem} contact/unknown
   */
  verify(id: ContactId, shown: string): Promise<boolean>
  /** Neither is the other's contact any more. @throws {@link Problem} server/unreachable. */
  remove(id: ContactId): Promise<void>
}
