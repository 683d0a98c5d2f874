/** The parts of the SDK's sealed store that simulations and measurements drive directly. */
export { fileDevice, nodeChachaPoly } from '@selene/client-sdk/node'
export {
  isRelation,
  loadBlockAead,
  loadPrimitives,
  memoryDevice,
  openPack,
  postgresOptions,
  sealedFs,
  simulatedDevice,
  simulatePack,
  systemRandom,
  type BlockDevice,
  type Durability,
  type MakeBlockAead,
  type Pack,
  type PackOptions,
  type Random,
} from '@selene/client-sdk/testing'
