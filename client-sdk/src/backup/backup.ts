/**
 * A backup of everything she wrote, and putting it back (W42): documents alone, never keys of a device, numbers,
 * what waits to be sent or the SOS kit. So what is restored is content of this device, whose identity stays its own.
 */
import { cutIntoPieces } from '../core/piece.ts'
import type { Documents } from '../docs/documents.ts'
import { readPlain, stepsToRestore, type PlainDocument } from '../docs/plain-content.ts'
import { documentOf } from '../docs/state-hash.ts'
import type { Store, StoreTx } from '../store/store.ts'
import { readContent, writeContent } from './content.ts'
import { openFile, sealFile } from './file.ts'
import type { BackupSecret, KeyDeps } from './file-key.ts'

export interface RestoreReport {
  /** Documents in the file: months, the profile, contacts. */
  readonly documents: number
  /** Of them those that said something that was not here. */
  readonly changed: number
}

export interface Backups {
  /**
   * Everything she wrote as one sealed file.
   * @throws {@link Problem} store/weak-secret, auth/phrase-unreadable
   */
  backup(secret: BackupSecret): Promise<Blob>
  /**
   * Adds what is in a file to what is here; nothing here is blanked, all of it happens or nothing.
   * @throws {@link Problem} backup/unreadable, backup/newer-format, backup/cut, backup/damaged, backup/wrong-secret,
   * auth/phrase-unreadable, auth/weak-parameters, doc/too-large; nothing has changed then.
   */
  restore(file: Blob, secret: BackupSecret): Promise<RestoreReport>
}

interface Deps extends KeyDeps {
  readonly store: Store
  readonly documents: Documents
  /** Documents that mean nothing outside this vault. */
  readonly leftOut: readonly string[]
  /** Puts in order what follows from restored documents; part of the transaction. */
  readonly settle: (tx: StoreTx) => Promise<void>
  /** Runs after a commit: there is something to send. */
  readonly written: () => void
}

export function createBackups(deps: Deps): Backups {
  const { store, documents, crypto, leftOut } = deps
  const isKept = ({ name }: { name: string }): boolean => !leftOut.includes(name)

  async function restoreDocument(tx: StoreTx, plain: PlainDocument): Promise<boolean> {
    const lists = stepsToRestore(crypto, await documents.read(plain.name, tx), plain)
    for (const piece of lists.flatMap((steps) => cutIntoPieces(steps, ({ bytes }) => bytes)))
      await documents.edit(tx, plain.name, (doc) => piece.forEach(({ act }) => act(doc)))
    return lists.some((steps) => steps.length > 0)
  }

  return {
    async backup(secret) {
      const rows = await store.query<{ name: string; state: Uint8Array }>(
        'SELECT name, state FROM documents',
      )
      const all = rows.filter(isKept).map(({ name, state }) => readPlain(name, documentOf([state])))
      return sealFile(deps, writeContent(all), secret)
    },

    async restore(file, secret) {
      const all = readContent(await openFile(deps, file, secret)).filter(isKept)
      const changed = await documents.write(async (tx) => {
        let count = 0
        for (const plain of all) count += Number(await restoreDocument(tx, plain))
        await deps.settle(tx)
        return count
      })
      if (changed > 0) deps.written()
      return { documents: all.length, changed }
    },
  }
}
