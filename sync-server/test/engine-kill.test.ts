import { onEachDatabase } from './databases.ts'
import { killContract } from './engine-kill.contract.ts'

onEachDatabase('shape engine that is killed', killContract)
