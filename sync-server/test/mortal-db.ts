/** A database as a process sees it that dies at one of its calls, for suites. */
import type { Db, Transaction } from '../src/db/db.ts'

export interface MortalDb {
  readonly db: Db
  /** Rejects when the process dies. */
  readonly death: Promise<never>
  /** How many calls it made. */
  readonly calls: () => number
}

/**
 * Dies at the nth call: before it has an effect, or after it, before the process hears of it. A transaction that was open
 * is undone; a dead process asks nothing and hears nothing.
 */
export function mortalDb(db: Db, dies: { readonly at: number; readonly after: boolean }): MortalDb {
  const { promise: death, reject } = Promise.withResolvers<never>()
  death.catch(() => {})
  let calls = 0
  let isDead = false

  async function step<T>(call: () => Promise<T>): Promise<T> {
    if (isDead) return death
    calls += 1
    const isLast = calls === dies.at
    isDead ||= isLast && !dies.after
    const result = isDead ? undefined : await call()
    isDead ||= isLast
    if (!isDead) return result as T
    reject(new Error('the process has died'))
    return death
  }

  /** The dead end it by throwing, which undoes it. */
  const mortal = (tx: Transaction): Transaction => ({
    query: (...call) => step(() => tx.query(...call)),
    script: (sql) => step(() => tx.script(sql)),
    savepoint: (work) => tx.savepoint(work),
    copy: (...call) => step(() => tx.copy(...call)),
  })

  return {
    db: {
      kind: db.kind,
      query: (...call) => step(() => db.query(...call)),
      script: (sql) => step(() => db.script(sql)),
      transaction: (work, options) => step(() => db.transaction((tx) => work(mortal(tx)), options)),
      listen: (...call) => step(() => db.listen(...call)),
      close: async () => {},
    },
    death,
    calls: () => calls,
  }
}
