/**
 * Who may open the diary, the way back to it, and its end, as calls. What somebody else with the open app must not do
 * asks for a secret of hers first (W19).
 */
import { until, type Client } from '@selene/client-sdk'
import type { EndingLock } from './ending-lock.ts'
import type { Facade } from './facade.ts'
import type { Keeper } from './keeper.ts'

/** What she replaces here is no news to her here, unless there was other news. */
async function withoutNews({ vault }: Client, work: () => Promise<void>): Promise<void> {
  const { news } = await until(vault.state, () => true)
  await work()
  if (news.length === 0) await vault.looked()
}

export function memberCalls(
  { client, prove }: Pick<Keeper, 'client' | 'prove'>,
  endings: EndingLock,
) {
  const account = async (): Promise<Client['account']> => (await client()).account

  /** With a client, once a secret was asked for. */
  async function proven(proof: Parameters<Facade['prove']>[0]): Promise<Client> {
    await prove(proof)
    return client()
  }

  async function replacing(work: (account: Client['account']) => Promise<void>): Promise<void> {
    const open = await client()
    await withoutNews(open, () => work(open.account))
  }

  return {
    prove,
    removeMember: async (proof, id) => (await proven(proof)).vault.removeMember(id),
    looked: async () => (await client()).vault.looked(),
    rehearse: async (secret) => (await account()).rehearse(secret),
    newPhrase: async () => (await account()).newPhrase(),
    changePassphrase: (change) => replacing((account) => account.changePassphrase(change)),
    replacePhrase: (change) => replacing((account) => account.replacePhrase(change)),
    announceReset: async (proof, next) => (await proven(proof)).account.announceReset(next),
    cancelReset: async () => (await account()).cancelReset(),
    async completeReset(proof) {
      await prove(proof)
      await replacing((account) => account.completeReset())
    },
    recover: async (secret) => (await account()).recover(secret),
    async eraseAccount(proof, by) {
      const { account } = await proven(proof)
      await endings.expecting(() => account.erase(by))
    },
    readSetAside: async (id) => (await client()).sync.readSetAside(id),
    retrySetAside: async (id) => void (await (await client()).sync.retrySetAside(id)),
    giveUpSetAside: async (id) => (await client()).sync.giveUpSetAside(id),
    giveUp: async (place) => void (await (await client()).sync.giveUp(place)),
  } satisfies Partial<Facade>
}
