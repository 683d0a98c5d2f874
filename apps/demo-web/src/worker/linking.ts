/** Linking as calls: this device asks to join another one's vault, or lets another one in. One of each at a time. */
import {
  Problem,
  type AdmittingByDigits,
  type Client,
  type Joining,
  type JoiningByDigits,
} from '@selene/client-sdk'
import type { Facade } from './facade.ts'
import type { Keeper } from './keeper.ts'

export function linkingCalls({ client, prove }: Pick<Keeper, 'client' | 'prove'>) {
  let joining: Joining | JoiningByDigits | undefined
  /** The device whose word was typed, until she has said whether the digits are equal. */
  let met: AdmittingByDigits | undefined

  async function join<T extends Joining | JoiningByDigits>(
    start: (vault: Client['vault']) => Promise<T>,
  ): Promise<T> {
    joining?.cancel()
    const started = await start((await client()).vault)
    joining = started
    return started
  }
  /** @throws Problem link/failed when it was begun in a tab that is gone */
  function byDigits(): JoiningByDigits {
    if (!joining || !('confirm' in joining)) throw new Problem('link/failed')
    return joining
  }

  return {
    startJoining: async () => (await join((vault) => vault.join())).code,
    startJoiningByWord: async () => (await join((vault) => vault.joinByDigits())).word,
    joiningDigits: async () => byDigits().digits,
    confirmJoining: async () => byDigits().confirm(),
    joined: async () => joining?.done,
    cancelJoining: async () => joining?.cancel(),

    async admit(proof, code, label) {
      await prove(proof)
      await (await client()).vault.admit(code, { label })
    },
    async meet(proof, word, label) {
      await prove(proof)
      met = await (await client()).vault.admitByDigits(word, { label })
      return met.digits
    },
    async admitMet() {
      const device = met
      met = undefined
      if (!device) throw new Problem('link/failed')
      await device.confirm()
    },
    async forgetMet() {
      met = undefined
    },
  } satisfies Partial<Facade>
}
