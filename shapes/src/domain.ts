/** Domain strings: ASCII that ends in one zero byte, one per object that is hashed, signed or sealed (W1, W2). */
import { utf8 } from './bytes/concat.ts'

const domain = (name: string): Uint8Array => utf8(`selene/${name}\0`)

export const domains = {
  member: domain('member/v1'),
  envelope: domain('envelope/v1'),
  envelopeBody: domain('envelope-body/v1'),
  log: domain('log/v1'),
  label: domain('label/v1'),
  card: domain('card/v1'),
  epoch: domain('epoch/v1'),
  epochSeal: domain('epoch-seal/v1'),
  epochWrap: domain('epoch-wrap/v1'),
  link: domain('link/v1'),
  linkMessage: domain('link-message/v1'),
  linkToken: domain('link-token/v1'),
  op: domain('op/v1'),
  session: domain('session/v1'),
  refresh: domain('refresh/v1'),
  sigEnvelope: domain('sig-envelope/v1'),
  sigLog: domain('sig-log/v1'),
  sigSession: domain('sig-session/v1'),
  sigRefresh: domain('sig-refresh/v1'),
} as const
