/** Selene's client SDK on Node: a store in a directory. */
export { nodePlatform } from './platform.ts'
export { bakeStoreImage, cachedStoreImage } from './store-image.ts'
export { nodeChachaPoly } from './chacha-poly.ts'
export { fileDevice } from './file-device.ts'
