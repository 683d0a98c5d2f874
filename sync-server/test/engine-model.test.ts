import { onEachDatabase } from './databases.ts'
import { modelContract } from './engine-model.contract.ts'

onEachDatabase('shape engine against a model', modelContract)
