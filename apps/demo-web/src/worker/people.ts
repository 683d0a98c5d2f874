/** People she trusts, with the app or without, as calls. */
import { messageLink, Problem, until, type Client, type SosKit } from '@selene/client-sdk'
import type { Facade } from './facade.ts'
import type { Keeper } from './keeper.ts'

/** What the SDK takes as misuse is a slip of the hand to a person. */
async function forgiving<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof TypeError) throw new Problem('request/invalid', { cause: error })
    throw error
  }
}

interface Deps extends Pick<Keeper, 'client'> {
  readonly kit: Promise<SosKit>
}

export function peopleCalls({ client, kit }: Deps) {
  const contacts = async (): Promise<Client['contacts']> => (await client()).contacts
  return {
    setOwnName: async (name) => (await contacts()).setOwnName(name),
    async invite(name) {
      const { link, expiresAt } = await (await contacts()).invite(name)
      return { link: link.href, expiresAt }
    },
    accept: async (link, name) => forgiving((await contacts()).accept(link, name)),
    removeContact: async (id) => (await contacts()).remove(id),
    fingerprint: async (id) => (await contacts()).fingerprint(id),
    verifyContact: async (id, shown) => (await contacts()).verify(id, shown),
    addAddress: async (person) => void (await forgiving((await contacts()).addAddress(person))),
    changeAddress: async (id, person) => forgiving((await contacts()).changeAddress(id, person)),
    removeAddress: async (id) => (await contacts()).removeAddress(id),
    async messageLinks(message) {
      const people = await until((await kit).reachable, () => true)
      return people.map((person) => ({ ...person, href: messageLink(person, message) }))
    },
  } satisfies Partial<Facade>
}
