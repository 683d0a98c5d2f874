import type { DeviceId, SessionId, VaultId } from '@selene/shapes'

/** Who a verified access token speaks for. */
export interface Claims {
  readonly vault: VaultId
  readonly device: DeviceId
  readonly session: SessionId
  /** Milliseconds since 1970, when the token ends. */
  readonly expiresAt: number
}

/**
 * Reads the bearer token of a request.
 * @throws Problem auth/required, auth/expired, auth/session-ended or vault/member-removed.
 */
export type Authenticate = (request: Request) => Promise<Claims>
