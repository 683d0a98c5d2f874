import { onEachDatabase } from './databases.ts'
import { liveContract } from './engine-live.contract.ts'
import { protocolContract } from './engine-protocol.contract.ts'

onEachDatabase('shape protocol', protocolContract)
onEachDatabase('shape protocol, live', liveContract)
