/** What sends, reads and listens, as one part to be loaded. */
export { startLiveSocket } from '../sync/live-socket.ts'
export { startSender } from '../sync/sender.ts'
export { startHeadsBeat } from './heads-beat.ts'
export { startReaders } from './shape-readers.ts'
