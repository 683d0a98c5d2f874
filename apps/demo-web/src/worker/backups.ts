/** What leaves the app as a file of everything, and comes back, as calls. Making one asks for a secret of hers first. */
import type { Facade } from './facade.ts'
import type { Keeper } from './keeper.ts'

export const backupCalls = ({
  client,
  prove,
  prepare,
}: Pick<Keeper, 'client' | 'prove' | 'prepare'>) =>
  ({
    async makeBackup(proof, secret) {
      await prove(proof)
      if ('passphrase' in secret) await prepare()
      return (await client()).backup(secret)
    },
    async exportEverything(proof) {
      await prove(proof)
      return (await client()).exportAll()
    },
    restoreBackup: async (file, secret) => (await client()).restore(file, secret),
  }) satisfies Partial<Facade>
