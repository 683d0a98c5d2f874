/**
 * One lock per account, held until the transaction ends, under which its alerts change one step at a
 * time. It is no row lock: an alert must not wait for anything else that is done to the account.
 */
import type { VaultId } from '@selene/shapes'
import type { Transaction } from '../db/db.ts'

/** Any constants will do, as long as nothing else in the database locks under them. */
const alertsClass = 7103
const releasesClass = 7104

/** Waits until nothing else changes the owner's alerts. */
export async function lockAlerts(tx: Transaction, owner: VaultId): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [alertsClass, owner])
}

/** The same without waiting; tells whether the lock was free. */
export async function tryLockAlerts(tx: Transaction, owner: VaultId): Promise<boolean> {
  const [row] = await tx.query<{ free: boolean }>(
    'SELECT pg_try_advisory_xact_lock($1, hashtext($2)) AS free',
    [alertsClass, owner],
  )
  return row?.free === true
}

/** Waits until no other position is being released to the account. */
export async function lockReleases(tx: Transaction, account: VaultId): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [releasesClass, account])
}
