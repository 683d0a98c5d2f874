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
  sos: domain('sos/v1'),
  sosSlot: domain('sos-slot/v1'),
  sosAuth: domain('sos-auth/v1'),
  sosAnswer: domain('sos-answer/v1'),
  responderPart: domain('responder-part/v1'),
  share: domain('share/v1'),
  invite: domain('invite/v1'),
  inviteId: domain('invite-id/v1'),
  inviteOffer: domain('invite-offer/v1'),
  session: domain('session/v1'),
  refresh: domain('refresh/v1'),
  sigEnvelope: domain('sig-envelope/v1'),
  sigLog: domain('sig-log/v1'),
  sigSos: domain('sig-sos/v1'),
  sigShare: domain('sig-share/v1'),
  sigSession: domain('sig-session/v1'),
  sigRefresh: domain('sig-refresh/v1'),
} as const
