/** A person with a kit in memory and one contact, and a scripted server that knows her device. */
import type { ContactId, DeviceId, VaultId } from '@selene/shapes'
import { openSosKit } from '../client/sos-kit.ts'
import { createSignal, type Signal } from '../core/signal.ts'
import type { KeyPair, Primitives } from '../crypto/primitives.ts'
import { epochShareSeeds, shareKeys, sosAuthKey } from '../crypto/share.ts'
import { loadPrimitives } from '../crypto/sodium.ts'
import type { Kit } from '../sos/kit.ts'
import type { KitProfile } from '../sos/profile.ts'
import type { KitFiles } from '../store/kit-files.ts'
import { memoryKitFile } from '../store/memory-kit-file.ts'
import { manualClock, type ManualClock } from './manual-clock.ts'
import { scriptedAlerts, type ScriptedAlerts } from './scripted-alerts.ts'
import { scriptedServer, someId, type ScriptedServer } from './scripted-server.ts'
import { seededRandom } from './seeded-random.ts'

export interface TestContact {
  readonly id: ContactId
  readonly keys: KeyPair
  /** Her share key that the contact knows. */
  readonly peer: Uint8Array
  readonly authKey: Uint8Array
}

export interface TestPerson {
  readonly crypto: Primitives
  readonly clock: ManualClock
  readonly scripted: ScriptedServer
  readonly alerts: ScriptedAlerts
  readonly online: Signal
  readonly profile: KitProfile
  readonly contacts: readonly TestContact[]
  /** Opens the kit, again after it was closed or left behind. */
  open(files?: KitFiles, server?: string): Promise<Kit>
}

function testContact(crypto: Primitives, digit: string, own: KeyPair): TestContact {
  const { box } = shareKeys(crypto, epochShareSeeds(crypto, crypto.random(32)))
  const authKey = sosAuthKey(crypto, own, box.publicKey)
  return { id: someId(digit) as ContactId, keys: box, peer: own.publicKey, authKey }
}

const names = ['Ada Quill', 'Bea Quill', 'Cleo Quill']

export async function testPerson(
  seed: string,
  options: { readonly contacts?: number } = {},
): Promise<TestPerson> {
  const random = seededRandom(seed)
  const crypto = await loadPrimitives(random)
  const clock = manualClock()
  const scripted = scriptedServer()
  const online = createSignal()
  const own = shareKeys(crypto, epochShareSeeds(crypto, crypto.random(32))).box
  const sosSeed = crypto.random(32)
  const contacts = Array.from({ length: options.contacts ?? 1 }, (_, i) =>
    testContact(crypto, String(i + 1), own),
  )
  const alerts = scriptedAlerts(crypto, crypto.signPair(sosSeed).publicKey)
  scripted.always('/v1/sos', alerts.answer)
  const ownFile = memoryKitFile()
  return {
    crypto,
    clock,
    scripted,
    alerts,
    online,
    contacts,
    profile: {
      vault: someId('a') as VaultId,
      device: someId('b') as DeviceId,
      sosSeed,
      registered: true,
      reachable: [],
      contacts: contacts.map(({ id, keys, authKey }, i) => ({
        contact: id,
        name: names[i] ?? `Person ${i}`,
        boxKey: keys.publicKey,
        ownBoxKey: own.publicKey,
        authKey,
      })),
    },
    open: (kit = ownFile, server = 'https://server.test') =>
      openSosKit({
        platform: { kit, network: scripted.network, clock, random, online },
        server,
      }),
  }
}

/** The operation of a request as its bytes, for comparing. */
export const sentTexts = (scripted: ScriptedServer): string[] =>
  scripted.to('/v1/sos').map(({ body }) => (body as { op: string }).op)
