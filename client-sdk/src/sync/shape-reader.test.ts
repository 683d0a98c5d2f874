import { bytesToHex, Problem, type VaultId } from '@selene/shapes'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { upgrades } from '../client/schema.ts'
import { systemRandom } from '../core/random.ts'
import { createSignal, type Signal } from '../core/signal.ts'
import { memoryFiles } from '../store/memory-files.ts'
import type { Store } from '../store/store.ts'
import { openStore } from '../testing/open-store.ts'
import { manualClock, type ManualClock } from '../testing/manual-clock.ts'
import { problemResponse, someId } from '../testing/scripted-server.ts'
import { readShapeOnce } from './shape-once.ts'
import { startShapeReader, type ShapeReader } from './shape-reader.ts'

const vaultId = someId('a') as VaultId
const server = new URL('https://server.test')

let store: Store
beforeAll(async () => {
  store = await openStore(memoryFiles(), upgrades)
})
afterAll(() => store.close())

const insert = (seq: number, entry = Uint8Array.of(seq)) => ({
  key: `"public"."vault_log"/"${vaultId}"/"${seq}"`,
  value: { vault_id: vaultId, seq: String(seq), entry: `\\x${bytesToHex(entry)}` },
  headers: { operation: 'insert' },
})
const deletion = (seq: number) => ({ ...insert(seq), headers: { operation: 'delete' } })
const upToDate = { headers: { control: 'up-to-date' } }
const mustRefetch = { headers: { control: 'must-refetch' } }

let offset = 0
/** Another one for each test: Electric's client remembers handles that have expired. */
let handle: string
const shapeResponse = (messages: readonly object[], of = handle, status = 200): Response =>
  Response.json(messages, {
    status,
    headers: {
      'electric-handle': of,
      'electric-offset': `${(offset += 1)}_0`,
      'electric-schema': '{}',
      'electric-cursor': String(offset),
      'electric-up-to-date': '',
    },
  })

let clock: ManualClock
let woken: Signal
let reader: ShapeReader
let asked: URL[]
let waiting: PromiseWithResolvers<Response>[]
let reported: (string | undefined)[]
let answered: Set<number>
let isUpToDate: boolean
let failTaking: boolean
let holdTaking: () => Promise<void>

beforeEach(async () => {
  await store.write((tx) => tx.script('DELETE FROM shape_rows_vault_log; DELETE FROM shape_state'))
  clock = manualClock()
  woken = createSignal()
  handle = crypto.randomUUID()
  asked = []
  waiting = []
  answered = new Set()
  reported = []
  isUpToDate = false
  failTaking = false
  holdTaking = async () => {}
  start()
})
afterEach(() => reader.stop())

function start(options: { dropsVanished?: string } = {}): void {
  reader = startShapeReader({
    name: 'vault_log',
    ...options,
    server,
    store,
    write: store.write,
    clock,
    random: systemRandom,
    woken,
    fetch(request) {
      asked.push(new URL(request.url))
      const answer = Promise.withResolvers<Response>()
      request.signal.addEventListener('abort', () => answer.reject(request.signal.reason))
      waiting.push(answer)
      return answer.promise
    },
    async take() {
      await holdTaking()
      if (failTaking) throw new Error('the disk is full')
      return () => {}
    },
    async upToDate(value) {
      isUpToDate = value
    },
    report: (problem) => void reported.push(problem?.code),
  })
}

/** Answers the request number `n`, from 1, once it has been made. */
async function answer(n: number, with_: Response | Error): Promise<void> {
  await expect.poll(() => waiting.length, { timeout: 5_000 }).toBeGreaterThanOrEqual(n)
  answered.add(n - 1)
  if (with_ instanceof Error) waiting[n - 1]!.reject(with_)
  else waiting[n - 1]!.resolve(with_)
}

const storedSeqs = async (): Promise<number[]> =>
  (await store.query<{ seq: number }>('SELECT seq FROM shape_rows_vault_log ORDER BY seq')).map(
    ({ seq }) => seq,
  )
const param = (n: number, name: string): string | null => asked[n - 1]!.searchParams.get(name)

describe('the reader of a shape', () => {
  test('stores rows with the place they end at, and goes on there after a restart', async () => {
    await answer(1, shapeResponse([insert(0), insert(1), upToDate]))
    await expect.poll(() => isUpToDate).toBe(true)
    expect(await storedSeqs()).toEqual([0, 1])
    const [state] = await store.query<{ handle: string; offset: string }>(
      'SELECT handle, "offset" FROM shape_state',
    )
    await reader.stop()
    const made = asked.length
    start()
    await expect.poll(() => asked.length).toBeGreaterThan(made)
    expect([param(made + 1, 'handle'), param(made + 1, 'offset')]).toEqual([
      state!.handle,
      state!.offset,
    ])
  })

  test('W23 forgets nothing when a row vanishes', async () => {
    await answer(1, shapeResponse([insert(0), insert(1), upToDate]))
    await answer(2, shapeResponse([deletion(1), upToDate]))
    await answer(3, shapeResponse([insert(2), upToDate]))
    await expect.poll(storedSeqs).toEqual([0, 1, 2])
  })

  test('C144 a change brings what is new, and the rest of the row stays', async () => {
    const change = { ...insert(1, Uint8Array.of(9)), headers: { operation: 'update' } }
    const { vault_id, ...changed } = change.value
    const incomplete = { ...change, value: { vault_id, seq: '7' } }
    await answer(1, shapeResponse([insert(0), insert(1), upToDate]))
    await answer(2, shapeResponse([{ ...change, value: { vault_id, ...changed } }, upToDate]))
    const entries = () =>
      store.query<{ entry: Uint8Array }>('SELECT entry FROM shape_rows_vault_log ORDER BY seq')
    await expect.poll(entries).toEqual([{ entry: Uint8Array.of(0) }, { entry: Uint8Array.of(9) }])
    await answer(3, shapeResponse([{ ...change, value: { vault_id, seq: '1' } }, upToDate]))
    await answer(4, shapeResponse([incomplete, upToDate]))
    await expect.poll(() => reported.at(-1)).toBe('server/unintelligible')
    expect(await entries()).toEqual([{ entry: Uint8Array.of(0) }, { entry: Uint8Array.of(9) }])
  })

  test('takes a row that vanishes out of the copy of a shape of which that is wanted', async () => {
    await reader.stop()
    asked = []
    waiting = []
    start({ dropsVanished: 'true' })
    await answer(1, shapeResponse([insert(0), insert(1), upToDate]))
    await answer(2, shapeResponse([deletion(1), upToDate]))
    await expect.poll(storedSeqs).toEqual([0])
  })

  test('W23 takes must-refetch for its copy of the rows only', async () => {
    await answer(1, shapeResponse([insert(0), insert(1), upToDate]))
    const next = crypto.randomUUID()
    await answer(2, shapeResponse([mustRefetch], next, 409))
    await answer(3, shapeResponse([insert(0), upToDate], next))
    await expect.poll(storedSeqs).toEqual([0])
    await expect
      .poll(() => store.query('SELECT handle FROM shape_state'))
      .toEqual([{ handle: next }])
  })

  test('W23, C30 is not up to date from before the copy is emptied until it is whole again', async () => {
    await answer(1, shapeResponse([insert(0), upToDate]))
    await expect.poll(() => isUpToDate).toBe(true)
    const next = crypto.randomUUID()
    await answer(2, shapeResponse([mustRefetch], next, 409))
    await expect.poll(storedSeqs).toEqual([])
    expect(isUpToDate).toBe(false)
    await answer(3, shapeResponse([insert(0), upToDate], next))
    await expect.poll(() => isUpToDate).toBe(true)
    expect(await storedSeqs()).toEqual([0])
  })

  test('W23 must-refetch touches no copy but its own, and nothing that waits to be sent', async () => {
    const others = {
      outbox: `INSERT INTO outbox VALUES (1, $1, 'doc.update', '\\x01', $1, 1, '\\x02', 5, '\\x03', '[]')`,
      pending_ops: `INSERT INTO pending_ops (op_id, kind, body) VALUES ($1, 'vault.append', '\\x01')`,
      set_aside: `INSERT INTO set_aside VALUES ($1, 'doc.update', $1, '\\x01', 'doc/chain', 5)`,
      shape_rows_doc_updates: `INSERT INTO shape_rows_doc_updates VALUES ($1, $1, $1, 1, '\\x01')`,
      shape_rows_contacts: `INSERT INTO shape_rows_contacts VALUES ($1, $1, $1, '\\x01')`,
    }
    const tables = Object.keys(others) as (keyof typeof others)[]
    const contents = () => Promise.all(tables.map((table) => store.query(`SELECT * FROM ${table}`)))
    await store.write(async (tx) => {
      for (const table of tables) await tx.query(others[table], [someId('e')])
    })
    try {
      const before = await contents()
      expect(before.map((rows) => rows.length)).toEqual([1, 1, 1, 1, 1])
      await answer(1, shapeResponse([insert(0), upToDate]))
      const next = crypto.randomUUID()
      await answer(2, shapeResponse([mustRefetch], next, 409))
      await expect.poll(storedSeqs).toEqual([])
      await answer(3, shapeResponse([insert(1), upToDate], next))
      await expect.poll(storedSeqs).toEqual([1])
      expect(await contents()).toEqual(before)
    } finally {
      await store.write((tx) => tx.script(tables.map((table) => `DELETE FROM ${table}`).join(';')))
    }
  })

  test('C30 a start that was cut off after must-refetch begins there, not at what was before', async () => {
    await answer(1, shapeResponse([insert(0), upToDate]))
    const next = crypto.randomUUID()
    await answer(2, shapeResponse([mustRefetch], next, 409))
    await expect.poll(storedSeqs).toEqual([])
    await reader.stop()
    const made = asked.length
    start()
    await answer(made + 1, shapeResponse([insert(0), upToDate], next))
    expect([param(made + 1, 'offset'), param(made + 1, 'handle')]).toEqual(['-1', next])
    await expect.poll(storedSeqs).toEqual([0])
  })

  test('starts again from the stored place when a batch cannot be stored', async () => {
    await answer(1, shapeResponse([insert(0), upToDate]))
    await expect.poll(storedSeqs).toEqual([0])
    const [state] = await store.query<{ offset: string }>('SELECT "offset" FROM shape_state')
    failTaking = true
    await answer(2, shapeResponse([insert(1), upToDate]))
    await expect.poll(() => reported.at(-1)).toBe('server/unexpected')
    expect(await storedSeqs()).toEqual([0])
    expect(isUpToDate).toBe(false)
    failTaking = false
    const made = asked.length
    clock.advance(15_000)
    await expect.poll(() => asked.length).toBeGreaterThan(made)
    expect(param(made + 1, 'offset')).toBe(state!.offset)
  })

  test('takes no row of another form', async () => {
    const broken = { ...insert(0), value: { vault_id: vaultId, seq: '0' } }
    await answer(1, shapeResponse([broken, upToDate]))
    await expect.poll(() => reported.at(-1)).toBe('server/unintelligible')
    expect(await storedSeqs()).toEqual([])
  })

  test('reports a busy server and honours Retry-After, whoever wakes it', async () => {
    const busy = new Problem('server/overloaded', { retryAfterSeconds: 40 })
    await answer(1, problemResponse(busy))
    await expect.poll(() => clock.waits()).toEqual([40_000])
    expect(reported).toEqual(['server/overloaded'])
    reader.wake()
    clock.advance(39_999)
    expect(asked).toHaveLength(1)
    clock.advance(1)
    await answer(2, shapeResponse([upToDate]))
    await expect.poll(() => isUpToDate).toBe(true)
    expect(reported.at(-1)).toBeUndefined()
  })

  test('waits longer from failure to failure, and tries at once when the network is back', async () => {
    const waits: number[] = []
    for (let n = 1; n < 6; n++) {
      await answer(n, new Problem('server/unreachable'))
      await expect.poll(() => clock.waits().length).toBe(1)
      waits.push(clock.waits()[0]!)
      if (n < 5) clock.advance(waits.at(-1)!)
    }
    expect(waits.at(-1)).toBeGreaterThan(waits[0]!)
    reader.wake()
    await answer(6, shapeResponse([upToDate]))
    await expect.poll(() => isUpToDate).toBe(true)
  })

  describe('C35 when the server leads round in circles', () => {
    beforeEach(() => {
      vi.spyOn(console, 'warn').mockImplementation(() => {})
    })
    afterEach(() => vi.restoreAllMocks())

    /** Answers every request from here on until the reader says what is wrong; how many those were. */
    async function answerUntilRefused(response: (asked: URL) => Response): Promise<number> {
      const first = waiting.findIndex((_, index) => !answered.has(index))
      const from = first < 0 ? waiting.length : first
      const isRefused = (): boolean => reported.at(-1) === 'server/unintelligible'
      let n = from
      for (; !isRefused() && n < from + 100;) {
        await expect.poll(() => waiting.length > n || isRefused()).toBe(true)
        if (waiting.length > n) waiting[n]!.resolve(response(asked[n++]!))
      }
      return n - from
    }
    async function restsForAMinute(): Promise<void> {
      await expect.poll(() => clock.waits()).toEqual([60_000])
      const made = asked.length
      reader.wake()
      woken.emit()
      clock.advance(59_999)
      expect([asked.length, isUpToDate, reported.at(-1)]).toEqual([
        made,
        false,
        'server/unintelligible',
      ])
      clock.advance(1)
      await answer(made + 1, shapeResponse([insert(7), upToDate], crypto.randomUUID()))
      await expect.poll(() => isUpToDate).toBe(true)
      expect(reported.at(-1)).toBeUndefined()
      expect(await storedSeqs()).toContain(7)
    }

    test('with a shape that ends again and again', async () => {
      const made = await answerUntilRefused(() =>
        shapeResponse([mustRefetch], crypto.randomUUID(), 409),
      )
      expect(made).toBe(4)
      await restsForAMinute()
    })

    test('with a shape that ends each time it has been read', async () => {
      let turn = 0
      const made = await answerUntilRefused(() =>
        (turn += 1) % 2 === 0
          ? shapeResponse([mustRefetch], crypto.randomUUID(), 409)
          : shapeResponse([insert(0), upToDate]),
      )
      expect(made).toBe(8)
      await restsForAMinute()
    })

    test('with a long poll that is never held', async () => {
      await answer(1, shapeResponse([insert(0), upToDate]))
      await expect.poll(() => isUpToDate).toBe(true)
      const place = `${offset}_0`
      const old = () => {
        const response = shapeResponse([upToDate])
        response.headers.set('electric-offset', place)
        return response
      }
      expect(await answerUntilRefused(old)).toBe(21)
      await restsForAMinute()
    })

    test('with a cache that keeps the beginning of a shape that is no more', async () => {
      const old = handle
      await answer(1, shapeResponse([insert(0), upToDate]))
      const made = await answerUntilRefused((url) =>
        url.searchParams.get('offset') === '-1'
          ? shapeResponse([insert(0), upToDate], old)
          : shapeResponse([mustRefetch], crypto.randomUUID(), 409),
      )
      // Electric's client tries thrice to get past a cache before it takes what the cache says.
      expect(made).toBeLessThanOrEqual(30)
      await restsForAMinute()
    })

    test('with answers that are not the protocol’s', async () => {
      await answer(1, Response.json([upToDate]))
      await expect.poll(() => reported.at(-1)).toBe('server/unintelligible')
    })
  })

  describe('C36 when the device wakes', () => {
    test('asks at once, whatever was under way, from the place it has', async () => {
      await answer(1, shapeResponse([insert(0), upToDate]))
      await expect.poll(() => asked.length).toBe(2)
      expect(param(2, 'live')).toBe('true')
      woken.emit()
      await expect.poll(() => asked.length).toBe(3)
      expect([param(3, 'live'), param(3, 'offset')]).toEqual([null, param(2, 'offset')])
      await answer(3, shapeResponse([insert(1), upToDate]))
      await expect.poll(storedSeqs).toEqual([0, 1])
      expect(reported).not.toContain('server/unreachable')
    })

    test('waits no longer for a network that was gone', async () => {
      await answer(1, new Problem('server/unreachable'))
      await expect.poll(() => clock.waits().length).toBe(1)
      woken.emit()
      await answer(2, shapeResponse([upToDate]))
      await expect.poll(() => isUpToDate).toBe(true)
    })

    test('stores what had come, and asks for the rest', async () => {
      const gate = Promise.withResolvers<void>()
      const taking = Promise.withResolvers<void>()
      holdTaking = () => {
        taking.resolve()
        return gate.promise
      }
      await answer(1, shapeResponse([insert(0), upToDate]))
      await taking.promise
      const place = `${offset}_0`
      woken.emit()
      gate.resolve()
      await expect.poll(() => asked.length).toBe(2)
      expect([param(2, 'offset'), await storedSeqs()]).toEqual([place, [0]])
    })

    test('does nothing once it has stopped', async () => {
      await expect.poll(() => asked.length).toBe(1)
      await reader.stop()
      woken.emit()
      expect(asked).toHaveLength(1)
    })
  })

  test('C37 a shape that does not come holds up no other', async () => {
    const up: string[] = []
    const common = { server, store, write: store.write, clock, random: systemRandom }
    const slow = startShapeReader({
      ...common,
      name: 'doc_updates',
      fetch: () => new Promise(() => {}),
      take: async () => () => {},
      upToDate: async () => void up.push('doc_updates'),
      report: () => {},
    })
    await answer(1, shapeResponse([insert(0), upToDate]))
    await expect.poll(() => isUpToDate).toBe(true)
    await answer(2, shapeResponse([insert(1), upToDate]))
    await expect.poll(storedSeqs).toEqual([0, 1])
    expect(up).toEqual([])
    await slow.stop()
  })

  test('ends a batch that is being stored before it has stopped', async () => {
    let taking: (() => void) | undefined
    await reader.stop()
    const answers = [shapeResponse([insert(0), upToDate])]
    const order: string[] = []
    const slow = startShapeReader({
      name: 'vault_log',
      server,
      store,
      write: store.write,
      clock,
      random: systemRandom,
      fetch: async () => answers.shift() ?? new Promise(() => {}),
      async take() {
        await new Promise<void>((resolve) => (taking = resolve))
        order.push('stored')
        return () => {}
      },
      upToDate: async () => {},
      report: () => {},
    })
    await expect.poll(() => taking).toBeDefined()
    const stopped = slow.stop().then(() => order.push('stopped'))
    taking!()
    await stopped
    expect(order).toEqual(['stored', 'stopped'])
  })
})

describe('reading a shape once', () => {
  const readOnce = (fetch: (request: Request) => Promise<Response>, signal?: AbortSignal) =>
    readShapeOnce('vault_log', { server, fetch, ...(signal && { signal }) })

  test('gives its rows', async () => {
    const rows = await readOnce(async () => shapeResponse([insert(0), insert(1), upToDate]))
    expect(rows.map(({ seq }) => seq)).toEqual([0, 1])
  })

  test('does not wait for a server that is not ready', async () => {
    const busy = async () => problemResponse(new Problem('server/unavailable'))
    await expect(readOnce(busy)).rejects.toMatchObject({ code: 'server/unavailable' })
  })

  test('refuses rows of another form', async () => {
    const broken = { ...insert(0), value: { seq: 'x' } }
    await expect(readOnce(async () => shapeResponse([broken, upToDate]))).rejects.toMatchObject({
      code: 'server/unintelligible',
    })
  })

  test('does not turn the same page over and over', async () => {
    const page = shapeResponse([insert(0)])
    page.headers.delete('electric-up-to-date')
    page.headers.set('electric-offset', '-1')
    await expect(readOnce(async () => page)).rejects.toMatchObject({
      code: 'server/unintelligible',
    })
  })

  test('ends with its signal', async () => {
    const stop = new AbortController()
    const reading = readOnce(() => new Promise(() => {}), stop.signal)
    stop.abort(new Error('cancelled'))
    await expect(reading).rejects.toThrow('cancelled')
  })
})
