/** What sends, reads, takes and listens, as one part to be loaded. */
export { startLiveSocket } from '../sync/live-socket.ts'
export { startSender } from '../sync/sender.ts'
export { createIntake } from './intake.ts'
export { startHeadsBeat } from './heads-beat.ts'
export { startReaders } from './shape-readers.ts'
