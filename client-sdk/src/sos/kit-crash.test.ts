/** The kit's file fails, or the process ends, at each save: nothing is lost, nothing happens twice. */
import { parseSosOp, Problem, base64urlToBytes, type AlertId } from '@selene/shapes'
import { describe, expect, test, vi } from 'vitest'
import type { Network } from '../core/http.ts'
import { openSosKit } from '../client/sos-kit.ts'
import { systemRandom } from '../core/random.ts'
import type { KitFiles } from '../store/kit-files.ts'
import { problemResponse } from '../testing/scripted-server.ts'
import { sentTexts, testPerson, type TestPerson } from '../testing/test-person.ts'
import type { Kit } from './kit.ts'
import { recordToState } from './journal.ts'

const never = new Promise<never>(() => {})

/** What is left when a process ends. */
interface Disk {
  record: Uint8Array | undefined
  aside: Uint8Array[]
}

/** One life of a process: it ends at its n-th save, which has reached the disk or has not. */
function life(disk: Disk, network: Network, end?: { save: number; landed: boolean }) {
  let saves = 0
  let ended = false
  const files: KitFiles = {
    durable: true,
    load: async () => disk.record,
    async save(record) {
      saves += 1
      if (ended) return never
      if (saves === end?.save) {
        ended = true
        if (end.landed) disk.record = record
        return never
      }
      disk.record = record
    },
    setAside: async () => {
      disk.aside.push(disk.record!)
      disk.record = undefined
    },
    close: async () => {},
  }
  return {
    files,
    hasEnded: () => ended,
    /** Requests of a process that has ended are never made, and no answer reaches it. */
    network: async (request: Request): Promise<Response> => {
      if (ended) return never
      const response = await network(request)
      return ended ? never : response
    },
  }
}

const open = (person: TestPerson, { files, network }: ReturnType<typeof life>): Promise<Kit> =>
  openSosKit({
    platform: { kit: files, network, clock: person.clock, random: systemRandom },
    server: 'https://server.test',
  })

/** What she was told is done. */
interface Promised {
  raised: AlertId[]
  cancelled: AlertId[]
}

async function story(kit: Kit, person: TestPerson, done: Promised): Promise<void> {
  const first = await kit.raise({ note: 'blue door' })
  done.raised.push(first.id)
  await kit.provision(person.profile)
  const second = await kit.raise({ kind: 'medical' })
  done.raised.push(second.id)
  await kit.update(second.id, { note: 'third floor' })
  await kit.cancel(first.id)
  done.cancelled.push(first.id)
}

const journal = (disk: Disk) => (disk.record ? recordToState(disk.record)!.alerts : [])
const isSettled = (disk: Disk): boolean =>
  journal(disk).every(({ ops }) => ops.every(({ outcome }) => outcome === 'accepted'))

/** Lets the process run until it ends or has nothing left to do. */
async function run(person: TestPerson, work: Promise<void>, hasEnded: () => boolean, disk: Disk) {
  let isDone = false
  const done = work.then(() => (isDone = true))
  await vi.waitUntil(
    () => {
      if (!hasEnded() && !(isDone && isSettled(disk))) person.clock.advance(100)
      return hasEnded() || (isDone && isSettled(disk))
    },
    { timeout: 10_000, interval: 1 },
  )
  if (isDone) await done
}

async function crashAt(end: { save: number; landed: boolean }) {
  const person = await testPerson(`crash ${end.save} ${end.landed}`)
  const disk: Disk = { record: undefined, aside: [] }
  const done: Promised = { raised: [], cancelled: [] }
  const first = life(disk, person.scripted.network, end)
  const kit = await open(person, first)
  await run(person, story(kit, person, done), first.hasEnded, disk)
  if (!first.hasEnded()) await kit.close()

  const second = life(disk, person.scripted.network)
  const again = await open(person, second)
  await run(person, again.provision(person.profile), second.hasEnded, disk)
  await again.close()
  return { person, disk, done, hasEnded: first.hasEnded() }
}

describe('C70 a process that ends', () => {
  test.each([true, false])(
    'at any save (written: %s) has lost and doubled nothing',
    async (landed) => {
      for (let save = 1; ; save++) {
        const { person, disk, done, hasEnded } = await crashAt({ save, landed })
        const { taken } = person.alerts
        const raises = taken.filter(({ kind }) => kind === 'raise').map(({ alert }) => alert)
        // Resolved was durable, and durable is sent, once.
        expect(raises).toEqual(expect.arrayContaining(done.raised))
        expect(new Set(raises).size).toBe(raises.length)
        const cancels = taken.filter(({ kind }) => kind === 'cancel').map(({ alert }) => alert)
        expect(cancels).toEqual(expect.arrayContaining(done.cancelled))
        // Whatever the server has is known here, so that it can be ended from here.
        const known = journal(disk).map(({ id }) => id)
        expect(known).toEqual(expect.arrayContaining(raises))
        // One id, one byte string.
        const texts = new Map<string, Set<string>>()
        for (const text of sentTexts(person.scripted)) {
          const parsed = parseSosOp(base64urlToBytes(text)!)
          if (!parsed.ok) throw new Error(parsed.code)
          const of = texts.get(parsed.value.op.op) ?? new Set()
          texts.set(parsed.value.op.op, of.add(text))
        }
        expect([...texts.values()].map(({ size }) => size)).toEqual([...texts].map(() => 1))
        if (!hasEnded) {
          expect(save).toBeGreaterThan(6)
          return
        }
      }
    },
  )
})

describe('a file that takes nothing', () => {
  function failing(person: TestPerson) {
    const disk: Disk = { record: undefined, aside: [] }
    const { files, network } = life(disk, person.scripted.network)
    let isFull = false
    const kitFiles: KitFiles = {
      ...files,
      save: (record) => (isFull ? Promise.reject(new Error('no space left')) : files.save(record)),
    }
    return {
      disk,
      life: { files: kitFiles, network, hasEnded: () => false },
      setFull: (full: boolean) => void (isFull = full),
    }
  }

  test('C78 raise says so, and the alert is sent all the same; the next save has it', async () => {
    const person = await testPerson('full')
    const file = failing(person)
    const kit = await open(person, file.life)
    await kit.provision(person.profile)
    file.setFull(true)
    await expect(kit.raise()).rejects.toMatchObject({ code: 'sos/storage-failed' })
    await expect.poll(() => person.alerts.taken.length).toBe(1)
    expect(kit.readiness.get()).toMatchObject({ value: { gaps: ['not-durable', 'never-tested'] } })
    const { alert } = person.alerts.taken[0]!
    expect(journal(file.disk)).toEqual([])
    file.setFull(false)
    await kit.cancel(alert)
    await expect.poll(() => journal(file.disk).map(({ id }) => id)).toEqual([alert])
    await expect.poll(() => person.alerts.taken.length).toBe(2)
    expect(kit.readiness.get()).toMatchObject({ value: { gaps: ['never-tested'] } })
    await kit.close()
  })
})

test('C78 a disk that hangs holds an alert up for three seconds, not for ever', async () => {
  const person = await testPerson('hanging')
  const disk: Disk = { record: undefined, aside: [] }
  const { files } = life(disk, person.scripted.network, { save: 2, landed: false })
  const network = person.scripted.network
  const kit = await open(person, { files, network, hasEnded: () => false })
  await kit.provision(person.profile)
  void kit.raise()
  await expect.poll(() => person.clock.waits()).toContain(3_000)
  expect(person.alerts.taken).toEqual([])
  person.clock.advance(3_000)
  await expect.poll(() => person.alerts.taken.length).toBe(1)
  // Its end goes the same way.
  void kit.cancel(person.alerts.taken[0]!.alert)
  await expect.poll(() => person.clock.waits()).toContain(3_000)
  person.clock.advance(3_000)
  await expect.poll(() => person.alerts.taken.length).toBe(2)
})

test('C71 a record that is not understood is put aside, and the kit starts empty', async () => {
  const person = await testPerson('newer')
  const disk: Disk = { record: new TextEncoder().encode('{"version":2}'), aside: [] }
  const kit = await open(person, life(disk, person.scripted.network))
  expect(kit.current.get()).toEqual({ status: 'ready', value: null })
  expect(disk.aside).toHaveLength(1)
  await kit.provision(person.profile)
  await kit.raise()
  await expect.poll(() => person.alerts.taken.length).toBe(1)
  await kit.close()
})

test('C79 what the server has taken is not kept: bytes to ask with, no words, no place', async () => {
  const person = await testPerson('tidy')
  const disk: Disk = { record: undefined, aside: [] }
  const kit = await open(person, life(disk, person.scripted.network))
  await kit.provision(person.profile)
  const position = { latitude: 47.5, longitude: -122.5, accuracyMetres: 12, at: 1 }
  const { id } = await kit.raise({ note: 'blue door', position })
  for (let i = 0; i < 4; i++) {
    await kit.update(id, { note: `floor ${i}` })
    await expect.poll(() => person.alerts.taken.length).toBe(i + 2)
  }
  await expect.poll(() => isSettled(disk)).toBe(true)
  const sealedOps = () => journal(disk)[0]!.ops.filter(({ sealed }) => sealed)
  const sayingOps = () => journal(disk)[0]!.ops.filter((op) => op.note !== '' || op.position)
  expect([sealedOps().length, sayingOps()]).toEqual([1, []])
  await kit.cancel(id)
  await expect.poll(() => isSettled(disk)).toBe(true)
  const [alert] = journal(disk)
  expect(alert).toMatchObject({ note: '' })
  expect(alert!.position).toBeUndefined()
  expect([sealedOps(), sayingOps()]).toEqual([[], []])
  person.clock.advance(31 * 24 * 3_600_000)
  await kit.raise({ kind: 'test' })
  await expect.poll(() => journal(disk).map(({ kind }) => kind)).toEqual(['test'])
  await kit.close()
})

test('the server’s word that it will not take it is kept over a restart', async () => {
  const person = await testPerson('refused')
  const disk: Disk = { record: undefined, aside: [] }
  const kit = await open(person, life(disk, person.scripted.network))
  await kit.provision(person.profile)
  person.scripted.next('/v1/sos', problemResponse(new Problem('wire/malformed')))
  await kit.raise()
  await expect.poll(() => journal(disk)[0]?.ops[0]?.outcome).toBe('wire/malformed')
  await kit.close()
  const again = await open(person, life(disk, person.scripted.network))
  expect(again.current.get()).toMatchObject({
    value: { problem: 'wire/malformed', phase: 'queued' },
  })
  expect(person.scripted.to('/v1/sos')).toHaveLength(1)
  await again.close()
})
