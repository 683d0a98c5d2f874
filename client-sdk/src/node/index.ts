/** Selene's client SDK on Node: a store in a directory. */
export { nodePlatform } from './platform.ts'
