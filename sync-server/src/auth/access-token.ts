/**
 * Access tokens: EdDSA JWTs (RFC 7519, RFC 8037) of ten minutes that name vault, device and session
 * and nothing else about a person.
 */
import {
  isUuid,
  Problem,
  stampUuid,
  type DeviceId,
  type SessionId,
  type VaultId,
} from '@selene/shapes'
import {
  createLocalJWKSet,
  errors,
  importJWK,
  jwtVerify,
  SignJWT,
  type JSONWebKeySet,
  type JWTPayload,
} from 'jose'
import type { Claims } from '../core/claims.ts'
import type { Clock } from '../core/clock.ts'
import type { Random } from '../core/random.ts'
import type { SigningKey } from './signing-keys.ts'

export const accessSeconds = 600
const audience = 'selene'
const type = 'at+jwt'

export interface AccessTokens {
  issue(holder: Omit<Claims, 'expiresAt'>): Promise<string>
  /** @throws {@link Problem} auth/expired, or auth/required for anything that is not a token of ours. */
  verify(token: string): Promise<Claims>
  /** Public keys, for whoever wants to verify tokens too. */
  readonly published: JSONWebKeySet
}

export async function createAccessTokens(
  deps: { clock: Clock; random: Random },
  keys: readonly SigningKey[],
): Promise<AccessTokens> {
  const [first] = keys
  if (!first) throw new TypeError('there is no signing key')
  const signer = await importJWK(first, 'EdDSA')
  const published = { keys: keys.map(publicPart) }
  const keySet = createLocalJWKSet(published)
  return {
    published,
    issue({ vault, device, session }) {
      const now = Math.floor(deps.clock.now() / 1000)
      return new SignJWT({ dev: device, sid: session })
        .setProtectedHeader({ alg: 'EdDSA', kid: first.kid, typ: type })
        .setSubject(vault)
        .setAudience(audience)
        .setIssuedAt(now)
        .setExpirationTime(now + accessSeconds)
        .setJti(stampUuid(deps.random.bytes(16), 4))
        .sign(signer)
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, keySet, {
          algorithms: ['EdDSA'],
          audience,
          typ: type,
          requiredClaims: ['exp', 'jti'],
          currentDate: new Date(deps.clock.now()),
        })
        return claimsOf(payload)
      } catch (error) {
        if (error instanceof errors.JWTExpired) throw new Problem('auth/expired')
        if (error instanceof errors.JOSEError) throw new Problem('auth/required')
        throw error
      }
    },
  }
}

const publicPart = ({ kid, x = '' }: SigningKey) => ({
  kty: 'OKP',
  crv: 'Ed25519',
  alg: 'EdDSA',
  use: 'sig',
  kid,
  x,
})

function claimsOf({ sub, dev, sid, exp }: JWTPayload): Claims {
  const ids = [sub, dev, sid]
  if (!ids.every((id) => typeof id === 'string' && isUuid(id)) || exp === undefined)
    throw new Problem('auth/required')
  return {
    vault: sub as VaultId,
    device: dev as DeviceId,
    session: sid as SessionId,
    expiresAt: exp * 1000,
  }
}
