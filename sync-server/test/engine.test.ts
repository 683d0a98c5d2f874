import { onEachDatabase } from './databases.ts'
import { engineContract } from './engine.contract.ts'

onEachDatabase('shape engine', engineContract)
