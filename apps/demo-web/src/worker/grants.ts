/**
 * What others may read, as calls. Letting somebody read asks for a secret of hers first: whoever finds the app open must
 * not be able to give themselves a view of it.
 */
import type { Facade } from './facade.ts'
import type { Keeper } from './keeper.ts'

export function grantCalls({ client, prove }: Pick<Keeper, 'client' | 'prove'>) {
  return {
    async grant(proof, request) {
      await prove(proof)
      await (await client()).grants.give(request)
    },
    endGrant: async (id) => (await client()).grants.revoke(id),
    refreshGrants: async () => (await client()).grants.refresh(),
  } satisfies Partial<Facade>
}
