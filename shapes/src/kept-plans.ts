/**
 * Plans of statements that come again. PGlite has each statement parsed and planned anew, which mostly takes longer than
 * what it then does. One that comes a second time is prepared under a name here, and PGlite's messages about it are
 * given that name (PostgreSQL 17, 53.2.3 "Extended Query"). Whatever changes tables lets all plans go: what a
 * statement answers may have other columns then. SDK and server share this, each for a PGlite of its own version.
 */
import { utf8 } from './bytes/concat.ts'

/** A message of Postgres as PGlite gives it; `text` is the tag of a command that is done, `status` where the transaction is. */
export interface BackendMessage {
  readonly name: string
  readonly length: number
  readonly text?: string
  readonly status?: string
}

interface SendOptions {
  syncToFs?: boolean
}

/** What is used of a PGlite, of whatever version. */
export interface Pglite {
  execProtocolStream(message: Uint8Array, options?: SendOptions): Promise<BackendMessage[]>
}

type Answer = BackendMessage[]

interface Plan {
  readonly name: Uint8Array
  /** Types of parameters and columns, once Postgres has told them. */
  described?: Answer
}

/** Statements that are remembered; the one that was used longest ago is let go. */
const mostStatements = 200

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
/** Where a message names its statement; this is the one without a name. */
const nameAt = { P: 5, B: 6, C: 6, D: 6 }
/** Closes the statement without a name. */
const closing = Uint8Array.of(0x43, 0, 0, 0, 6, 0x53, 0)
const portal = 0x50
const parsed: BackendMessage = { name: 'parseComplete', length: 5 }

const letterOf = (message: Uint8Array): string => String.fromCharCode(message[0]!)

/** The same about the statement of that name. */
function named(message: Uint8Array, name: Uint8Array): Uint8Array {
  const at = nameAt[letterOf(message) as keyof typeof nameAt]
  const renamed = new Uint8Array(message.length + name.length)
  renamed.set(message.subarray(0, at))
  renamed.set(name, at)
  renamed.set(message.subarray(at), at + name.length)
  new DataView(renamed.buffer).setUint32(1, renamed.length - 1)
  return renamed
}

/** The text of a statement, unless it has a name or types of its own. */
function textOf(message: Uint8Array): string | undefined {
  const end = message.indexOf(0, nameAt.P + 1)
  const isPlain = message[nameAt.P] === 0 && message.subarray(end + 1).every((byte) => byte === 0)
  return isPlain ? decoder.decode(message.subarray(nameAt.P + 1, end)) : undefined
}

const changesTables = (answer: Answer): boolean =>
  answer.some(({ text = '' }) => /^(?:CREATE|ALTER|DROP|DO|DISCARD|DEALLOCATE)\b/.test(text))
const endsTransaction = (answer: Answer): boolean => answer.some(({ status }) => status === 'I')

/** Plans by the text of their statement. @param close Has Postgres let go of one. */
function createPlans(most: number, close: (plan: Plan) => Promise<void>) {
  /** The last used last; `undefined` when it came once. */
  const plans = new Map<string, Plan | undefined>()
  let made = 0
  return {
    get: (text: string): Plan | undefined => plans.get(text),
    /** What to make of a statement that comes again. */
    next: (text: string): Plan | undefined =>
      plans.has(text) ? { name: utf8(`selene kept ${(made += 1)}`) } : undefined,
    /** The statement has come, with this plan if it has one. */
    async used(text: string, plan: Plan | undefined): Promise<void> {
      plans.delete(text)
      plans.set(text, plan)
      const oldest = plans.size > most ? plans.keys().next().value : undefined
      if (oldest === undefined) return
      const letGo = plans.get(oldest)
      plans.delete(oldest)
      if (letGo) await close(letGo)
    },
    async forgetAll(): Promise<void> {
      const all = [...plans.values()]
      plans.clear()
      for (const plan of all) if (plan) await close(plan)
    },
  }
}

/** Has a database keep plans from now on. */
export function keepPlans(pg: Pglite, most = mostStatements): void {
  const send = pg.execProtocolStream.bind(pg)
  const plans = createPlans(most, async ({ name }) => {
    await send(named(closing, name), { syncToFs: false })
  })
  let current: Plan | undefined
  /** In a transaction that changed tables, which may yet be taken back. */
  let isChanging = false

  async function parse(message: Uint8Array, options: SendOptions): Promise<Answer> {
    current = undefined
    const text = isChanging ? undefined : textOf(message)
    if (text === undefined) return send(message, options)
    let plan = plans.get(text)
    let answer: Answer = [parsed]
    if (!plan) {
      plan = plans.next(text)
      answer = await send(plan ? named(message, plan.name) : message, options)
    }
    current = plan
    await plans.used(text, plan)
    return answer
  }

  async function describe(plan: Plan, message: Uint8Array, options: SendOptions): Promise<Answer> {
    plan.described ??= await send(named(message, plan.name), options)
    if (message[5] !== portal) return plan.described
    return plan.described.filter(({ name }) => name !== 'parameterDescription')
  }

  async function run(message: Uint8Array, options: SendOptions): Promise<Answer> {
    try {
      const answer = await send(message, options)
      if (changesTables(answer)) {
        isChanging = true
        await plans.forgetAll()
      }
      if (endsTransaction(answer)) isChanging = false
      return answer
    } catch (error) {
      // Of a script that ends in a fault nobody says what it did until then.
      if (letterOf(message) === 'Q') await plans.forgetAll()
      throw error
    }
  }

  pg.execProtocolStream = async (message, options = {}) => {
    const letter = letterOf(message)
    if (letter === 'P') return parse(message, options)
    if (letter === 'D' && current) return describe(current, message, options)
    if (letter === 'B' && current) return send(named(message, current.name), options)
    return run(message, options)
  }
}
