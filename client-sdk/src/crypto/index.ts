/** The SDK's cryptography, for programs that check or archive envelopes themselves. */
export type { KeyPair, Primitives } from './primitives.ts'
export { loadPrimitives } from './sodium.ts'
export { open, seal, type Opened, type SealContext } from './committing-aead.ts'
export { openEnvelope, sealEnvelope, type OpenedEnvelope } from './envelope.ts'
export { openCard, sealCard, type OpenedCard } from './card.ts'
export {
  deviceKeys,
  memberKeys,
  newDeviceSeeds,
  type DeviceKeys,
  type DeviceSeeds,
  type MemberKeys,
} from './member-keys.ts'
