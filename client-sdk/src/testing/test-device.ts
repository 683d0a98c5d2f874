/** A device in memory whose way to the server a test holds: its parts, and sync put together by hand. */
import type { Http } from '../core/http.ts'
import { createHttp } from '../core/http.ts'
import { systemRandom } from '../core/random.ts'
import { openClient, type ClientParts } from '../client/client.ts'
import type { Client } from '../client/client.ts'
import type { StoreFiles } from '../store/files.ts'
import type { Keychain } from '../store/keychain.ts'
import { memoryFiles } from '../store/memory-files.ts'
import { memoryKeychain } from '../store/memory-keychain.ts'
import { memoryKitFile } from '../store/memory-kit-file.ts'
import { openSession, type Session } from '../sync/session.ts'
import { manualClock, type ManualClock } from './manual-clock.ts'
import { scriptedSockets } from './scripted-sockets.ts'
import { scriptedServer, sessionNumber, type ScriptedServer } from './scripted-server.ts'

export interface TestDevice {
  readonly client: Client
  readonly parts: ClientParts
  readonly scripted: ScriptedServer
  readonly clock: ManualClock
  /** The client's own; `clock` is that of the parts which are put together by hand. */
  readonly clientClock: ManualClock
  readonly http: Http
  readonly session: Session
}

/** The client itself has no server: nothing is sent but what the test's own parts send. */
export async function openTestDevice(
  options: { files?: StoreFiles; keychain?: Keychain } = {},
): Promise<TestDevice> {
  const scripted = scriptedServer()
  const clock = manualClock()
  const clientClock = manualClock()
  const { client, parts } = await openClient({
    platform: {
      files: options.files ?? memoryFiles(),
      keychain: options.keychain ?? memoryKeychain(),
      kit: memoryKitFile(),
      network: () => Promise.reject(new TypeError('no network')),
      sockets: scriptedSockets().sockets,
      clock: clientClock,
      random: systemRandom,
    },
  })
  const http = createHttp({
    network: scripted.network,
    server: new URL('https://server.test'),
    clock,
    closing: new AbortController().signal,
  })
  const session = await openSession({ ...parts, http, clock })
  return { client, parts, scripted, clock, clientClock, http, session }
}

/** Signs the device in with the session `sessionNumber(1)`. */
export async function signIn({ parts, session }: TestDevice): Promise<void> {
  const adopted = await parts.store.write((tx) => session.adopt(tx, sessionNumber(1)))
  adopted()
}
