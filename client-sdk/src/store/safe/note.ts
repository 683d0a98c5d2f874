/**
 * What the safe notes outside the store, in the keychain: failed attempts, how far the store was when it was last seen
 * whole, and a conversion under way. All of it is of help and none of it is needed to open the store.
 */
import { utf8 } from '@selene/shapes'
import type { Keychain } from '../keychain.ts'

/** Secrets whose attempts are counted; the others cannot be guessed. */
export type GuessableKind = 'pin' | 'passphrase'

export interface Failures {
  /** In a row. */
  readonly count: number
  /** Time of the last one, by the device's clock. */
  readonly at: number
}

export interface SafeNote {
  readonly failures?: { readonly [K in GuessableKind]?: Failures }
  /** The store's id in hexadecimal, and the last sequence of it that was durable (B15). */
  readonly known?: { readonly store: string; readonly sequence: number }
  /** What was not sealed is being taken over into this store: it goes when the store is there. */
  readonly takingOver?: string | undefined
}

function parse(bytes: Uint8Array): SafeNote {
  try {
    const note: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof note === 'object' && note !== null ? note : {}
  } catch {
    return {}
  }
}

export interface NoteKeeper {
  read(): Promise<SafeNote>
  /** Changes it; one after the other. Rejects when it cannot be stored. */
  change(to: (note: SafeNote) => SafeNote): Promise<void>
}

export function keepNote(keychain: Keychain): NoteKeeper {
  let changing: Promise<void> = Promise.resolve()

  async function read(): Promise<SafeNote> {
    const bytes = await keychain.readNote()
    return bytes ? parse(bytes) : {}
  }
  async function changeNow(to: (note: SafeNote) => SafeNote): Promise<void> {
    const before = await read()
    const after = to(before)
    if (JSON.stringify(after) !== JSON.stringify(before))
      await keychain.writeNote(utf8(JSON.stringify(after)))
  }

  return {
    async read() {
      await changing
      return read()
    },
    change(to) {
      const changed = changing.then(() => changeNow(to))
      changing = changed.catch(() => {})
      return changed
    },
  }
}
