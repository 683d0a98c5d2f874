import { onEachDatabase } from './databases.ts'
import { upstreamContract } from './upstream.contract.ts'

onEachDatabase('shape routes over the engine', upstreamContract)
