import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CachedBlock } from './block-cache.ts'
import { createFileMap, type FileMap } from './file-map.ts'
import type { FileNode, NodeRecord } from './file-node.ts'
import { createPageTable, type PageTable } from './page-table.ts'
import { applyRecord, encodeRecord, hasChanges, refsOf, type Patch } from './record.ts'

const refOf = (slot: number): Uint8Array => {
  const ref = new Uint8Array(32).fill(slot % 256)
  new DataView(ref.buffer).setUint32(0, slot, true)
  return ref
}

/** What a map comes to when it is read from records alone. */
const replayed = () => ({
  records: new Map<number, NodeRecord>(),
  touched: new Set<number>(),
  patches: new Map<number, Patch[]>(),
  table: createPageTable(),
})

function pagesOf(table: PageTable): number[] {
  const pages: number[] = []
  table.each((page) => pages.push(page))
  return pages
}

function expectSame(map: FileMap, found: ReturnType<typeof replayed>): void {
  for (const node of map.nodes())
    if (node !== map.root) expect(found.records.get(node.inode)).toEqual(map.record(node.inode))
  expect(found.records.size).toBe([...map.nodes()].length - 1)
  const pages = pagesOf(map.table)
  expect(pagesOf(found.table)).toEqual(pages)
  for (const page of pages) expect(found.table.ref(page)).toEqual(map.table.ref(page))
}

function remove(map: FileMap, node: FileNode): void {
  for (let block = 0; block < 301; block++) {
    const page = map.page(node, block)
    if (page !== undefined) map.table.clear(page)
  }
  map.unname(node)
  map.drop(node)
}

const names = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('create' as const), name: names }),
    fc.record({ kind: fc.constant('remove' as const), at: fc.nat(9) }),
    fc.record({
      kind: fc.constant('set' as const),
      at: fc.nat(9),
      block: fc.nat(300),
      slot: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    }),
    fc.constant({ kind: 'record' as const }),
  ),
  { maxLength: 60 },
)

test('B7 records say everything that changed: files read from them are the same', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const map = createFileMap()
      const found = replayed()
      const record = (): void => {
        applyRecord(encodeRecord(map), found)
        map.recorded()
        map.table.recorded()
        expect(hasChanges(map)).toBe(false)
      }
      const files = () => [...map.nodes()].filter((node) => node.parent)
      for (const step of list) {
        if (step.kind === 'record') record()
        else if (step.kind === 'create') {
          const taken =
            map.root.children!.has(step.name) || new TextEncoder().encode(step.name).length > 136
          if (!taken) map.create({ parent: map.root, name: step.name }, 0o100600, 5)
        } else {
          const node = files()[step.at]
          if (!node) continue
          if (step.kind === 'remove') {
            remove(map, node)
          } else {
            map.reach(node, step.block + 1)
            node.size = (step.block + 1) * 8192
            map.touch(node)
            const page = map.page(node, step.block)!
            if (step.slot === 0) map.table.clear(page)
            else map.table.set(page, refOf(step.slot))
          }
        }
      }
      record()
      expectSame(map, found)
    }),
  )
})

test('B12 the refs of a record are known by page', () => {
  const map = createFileMap()
  const node = map.create({ parent: map.root, name: 'a' }, 0o100600, 0)
  map.reach(node, 3)
  for (const block of [0, 2]) map.table.set(map.page(node, block)!, refOf(block + 7))
  expect([...refsOf(encodeRecord(map))]).toEqual([
    [map.page(node, 0), refOf(7)],
    [map.page(node, 2), refOf(9)],
  ])
})

test('B7 changes of a page read back in their order, until its ref is set or it becomes one of zeros', () => {
  const map = createFileMap()
  const node = map.create({ parent: map.root, name: 'a' }, 0o100600, 0)
  map.reach(node, 1)
  const page = map.page(node, 0)!
  const found = replayed()
  const record = (blocks: CachedBlock[]): void => {
    const bytes = encodeRecord(map, blocks)
    applyRecord(bytes, found)
    map.recorded()
    map.table.recorded()
    for (const { page } of blocks) map.table.patch(page)
  }
  const changed = (from: number, to: number): CachedBlock => ({
    page,
    inode: node.inode,
    block: 0,
    isPromised: false,
    bytes: new Uint8Array(8192).fill(to % 256),
    unrecorded: { from, to },
  })
  const ends = [() => map.table.clear(page), () => map.table.set(page, refOf(3))]
  for (const end of [...ends, ...ends]) {
    record([changed(8, 12)])
    record([changed(8190, 8192)])
    expect(found.patches.get(page)).toEqual([
      { at: 8, bytes: new Uint8Array(4).fill(12) },
      { at: 8190, bytes: new Uint8Array(2) },
    ])
    end()
    record([])
    expect(found.patches.size).toBe(0)
  }
})

test('bytes that are no record are refused, and never loop', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      try {
        applyRecord(bytes, replayed())
      } catch (error) {
        expect(error instanceof RangeError || error instanceof TypeError).toBe(true)
      }
    }),
  )
})
