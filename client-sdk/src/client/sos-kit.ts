/** Opens the SOS kit on its own: a small file and libsodium, no database, so within moments. */
import { createHttp } from '../core/http.ts'
import { loadPrimitives } from '../crypto/sodium.ts'
import { openKit, type Kit } from '../sos/kit.ts'
import type { Platform } from './platform.ts'

interface Config {
  readonly platform: Pick<Platform, 'kit' | 'network' | 'clock' | 'random' | 'online'>
  /** Absent: alerts are kept, and sent to nobody. */
  readonly server?: URL | string
}

/**
 * Opens the kit of this device. Whoever opens it closes it; `createClient` takes it over as it is and
 * tells it who she is.
 * @throws {@link Problem} store/in-use while another process or tab has it open.
 */
export async function openSosKit({ platform, server }: Config): Promise<Kit> {
  const { kit: files, network, clock, random, online } = platform
  const closing = new AbortController()
  const http =
    server === undefined
      ? undefined
      : createHttp({ network, server: new URL(server), clock, closing: closing.signal })
  const crypto = await loadPrimitives(random)
  const kit = await openKit({
    files,
    crypto,
    clock,
    random,
    ...(http && { http }),
    ...(online && { online }),
  })
  return {
    ...kit,
    async close() {
      closing.abort()
      await kit.close()
    },
  }
}
