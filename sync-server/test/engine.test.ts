import { onEachDatabase } from './databases.ts'
import { engineLoginContract } from './engine-login.contract.ts'
import { manyContract } from './engine-many.contract.ts'
import { engineContract } from './engine.contract.ts'

onEachDatabase('shape engine', (database) => {
  engineContract(database)
  manyContract(database)
  if (database.name === 'postgres') engineLoginContract(database)
})
