/**
 * A pack under random file operations on a simulated device that crashes at random operations, again and again
 * on what the last crash left. Every image that a crash could leave is opened and compared with the files as they were
 * at the commit it says it is at. Same seed, same run.
 */
import type { BlockDevice } from './block-device.ts'
import { faultOf } from './fault.ts'
import type { FileNode } from './file-node.ts'
import { blockBytes } from './layout.ts'
import type { PackDeps, PackOptions } from './assemble-pack.ts'
import { openPack } from './open-pack.ts'
import type { Pack } from './pack.ts'
import { simulatedDevice, type Draw, type SimulatedDevice } from './simulated-device.ts'

export interface PackSimulationDeps extends Omit<PackDeps, 'device'> {
  readonly draw: Draw
  readonly dataKey: Uint8Array
}

export interface PackSimulationOptions {
  readonly lives: number
  readonly steps: number
  /** Chance of a crash image before a write or flush. */
  readonly imageChance: number
}

export interface PackSimulationReport {
  readonly images: number
  readonly commits: number
  readonly bytes: number
  readonly differences: readonly string[]
}

/** Content by path; directories end with a slash. */
type Files = ReadonlyMap<string, Uint8Array>

interface Image {
  readonly bytes: Uint8Array
  /** What was durable for sure. */
  readonly least: number
  readonly during: string
}

const mostBlocks = 40

/** All files of a pack, read back. */
function readFiles(pack: Pack): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>()
  function visit(node: FileNode, path: string): void {
    for (const [name, child] of node.children ?? []) {
      const at = `${path}${name}`
      if (child.children) {
        found.set(`${at}/`, new Uint8Array(0))
        visit(child, `${at}/`)
      } else {
        const bytes = new Uint8Array(child.size)
        const read = pack.read(child, { bytes, offset: 0, length: bytes.length }, 0)
        found.set(at, bytes.subarray(0, read))
      }
    }
  }
  visit(pack.root, '')
  return found
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at])

function compare(found: Files, expected: Files): string | undefined {
  for (const [path, bytes] of expected) {
    const there = found.get(path)
    if (!there) return `${path} is missing`
    if (!isSame(there, bytes)) return `${path} differs`
  }
  for (const path of found.keys()) if (!expected.has(path)) return `${path} should not be there`
  return undefined
}

function createWorld(deps: PackSimulationDeps, model: Map<string, Uint8Array>, pack: Pack) {
  const { draw } = deps
  const int = (most: number): number => Math.floor(draw() * most)
  const nodes = (): [string, FileNode][] => {
    const list: [string, FileNode][] = []
    const visit = (node: FileNode, path: string): void => {
      for (const [name, child] of node.children ?? []) {
        list.push([`${path}${name}${child.children ? '/' : ''}`, child])
        visit(child, `${path}${name}/`)
      }
    }
    visit(pack.root, '')
    return list
  }
  const files = () => nodes().filter(([, node]) => !node.children)
  const directories = (): [string, FileNode][] => [
    ['', pack.root],
    ...nodes().filter(([, node]) => node.children),
  ]
  const pick = <T>(list: readonly T[]): T | undefined => list[int(list.length)]

  /** Bytes with pages of zeros among them, as logs and new pages have. */
  function content(length: number): Uint8Array {
    const bytes = new Uint8Array(length)
    if (draw() < 0.2) return bytes
    for (let at = 0; at < length; at += 97) bytes[at] = int(256)
    return bytes
  }

  /** Files that are open, with or without a name. */
  const open: FileNode[] = []
  const steps: Record<string, () => void> = {
    open() {
      const chosen = pick(files())
      if (!chosen) return
      pack.opened(chosen[1])
      open.push(chosen[1])
    },
    close() {
      if (open.length > 0) pack.closed(open.splice(int(open.length), 1)[0]!)
    },
    create() {
      const [path, parent] = pick(directories())!
      const name = `f${int(40)}`
      if (parent.children!.has(name)) return
      pack.create(parent, name, 0o100600)
      model.set(`${path}${name}`, new Uint8Array(0))
    },
    directory() {
      const [path, parent] = pick(directories())!
      const name = `d${int(6)}`
      if (parent.children!.has(name) || path.length > 8) return
      pack.create(parent, name, 0o040700)
      model.set(`${path}${name}/`, new Uint8Array(0))
    },
    write() {
      const chosen = pick(files())
      if (!chosen) return
      const [path, node] = chosen
      const isWhole = draw() < 0.7
      const unit = isWhole ? blockBytes : 1
      const position = int((mostBlocks * blockBytes) / unit) * unit
      const length = isWhole
        ? blockBytes * (1 + int(draw() < 0.15 ? 60 : 6))
        : 1 + int(3 * blockBytes)
      const bytes = content(length)
      pack.write(node, { bytes, offset: 0, length }, position)
      const before = model.get(path)!
      const after = new Uint8Array(Math.max(before.length, position + length))
      after.set(before)
      after.set(bytes, position)
      model.set(path, after)
    },
    /** Small, as a log that goes on. */
    append() {
      const chosen = pick(files())
      if (!chosen) return
      const [path, node] = chosen
      const bytes = content(1 + int(300))
      const position = Math.max(0, node.size - int(2000))
      pack.write(node, { bytes, offset: 0, length: bytes.length }, position)
      const before = model.get(path)!
      const after = new Uint8Array(Math.max(before.length, position + bytes.length))
      after.set(before)
      after.set(bytes, position)
      model.set(path, after)
    },
    resize() {
      const chosen = pick(files())
      if (!chosen) return
      const [path, node] = chosen
      const size = int(mostBlocks * blockBytes)
      pack.resize(node, size)
      const after = new Uint8Array(size)
      after.set(model.get(path)!.subarray(0, size))
      model.set(path, after)
    },
    remove() {
      const chosen = pick(nodes().filter(([, node]) => !node.children || node.children.size === 0))
      if (!chosen) return
      pack.remove(chosen[1])
      model.delete(chosen[0])
    },
    rename() {
      const from = pick(files())
      if (!from) return
      const [path, parent] = pick(directories())!
      const name = `f${int(40)}`
      pack.rename(from[1], parent, name)
      const bytes = model.get(from[0])!
      model.delete(from[0])
      model.set(`${path}${name}`, bytes)
    },
    commit: () => pack.commit(),
    checkpoint: () => pack.checkpoint(),
    compact: () => void pack.compact(1 + int(30)),
    keys: () => pack.setKeyArea(content(int(200))),
  }
  const weights = {
    open: 3,
    close: 3,
    create: 6,
    directory: 1,
    write: 20,
    append: 25,
    resize: 4,
    remove: 2,
    rename: 2,
    commit: 25,
    checkpoint: 1,
    compact: 2,
    keys: 0.5,
  }
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0)
  return (): string => {
    let left = draw() * total
    for (const [name, weight] of Object.entries(weights)) {
      left -= weight
      if (left < 0) {
        steps[name]!()
        return name
      }
    }
    return 'nothing'
  }
}

export function simulatePack(
  deps: PackSimulationDeps,
  { lives, steps, imageChance }: PackSimulationOptions,
): PackSimulationReport {
  const { draw, dataKey } = deps
  const differences: string[] = []
  const counts = { images: 0, commits: 0, bytes: 0 }
  /** Files at each commit. */
  const known = new Map<number, Files>([[0, new Map()]])
  const journalBytes = 4096 * (2 + Math.floor(draw() * 12))
  /** The last commit that must be there. */
  let durable = 0

  function open(device: BlockDevice, options: Partial<PackOptions> = {}): Pack | undefined {
    const opened = openPack(
      { ...deps, device },
      { dataKey, journalBytes, isPromised: ({ inode }) => inode % 2 === 0, ...options },
    )
    if (!opened.ok && opened.code !== 'missing') differences.push(`an image is ${opened.code}`)
    return opened.ok ? opened.pack : undefined
  }

  /** Opens what a crash left, for reading, which says what is there, and for writing, which may commit at once. */
  function verify(image: Image): void {
    const readOnly = open(simulatedDevice(image.bytes), { isReadOnly: true })
    const pack = open(simulatedDevice(image.bytes))
    try {
      if (pack) verifyOpen(image, pack, readOnly)
    } finally {
      pack?.abandon()
      readOnly?.abandon()
    }
  }

  /** @param readOnly None when the image holds none yet, and opening it made one. */
  function verifyOpen(image: Image, pack: Pack, readOnly: Pack | undefined): void {
    const sequence = readOnly?.sequence ?? 0
    const expected = known.get(sequence)
    const say = (what: string): void =>
      void differences.push(`crash during ${image.during}, commit ${sequence}: ${what}`)
    if (sequence < image.least) say(`commit ${image.least} was durable`)
    if (!expected) return say('there was no such commit')
    const difference =
      compare(readFiles(readOnly ?? pack), expected) ?? compare(readFiles(pack), expected)
    if (difference) say(difference)
  }

  /** Steps on a device until the process ends, or is killed at some operation; gives the images of crashes on the way. */
  function live(device: SimulatedDevice): Image[] {
    const images: Image[] = []
    let during = 'opening'
    let left = draw() < 0.4 ? Math.floor(draw() * steps) : Number.POSITIVE_INFINITY
    device.watch = ({ kind }) => {
      left -= 1
      if (left < 0) return 'io'
      if (kind === 'read' || draw() >= imageChance) return undefined
      images.push({ bytes: device.crash(draw), least: durable, during })
      return undefined
    }
    const found = open(simulatedDevice(device.content()), { isReadOnly: true })
    let before = found?.sequence ?? 0
    found?.abandon()
    const files = known.get(before)!
    let pack: Pack | undefined
    let filesBefore: Files = new Map(files)
    try {
      // The device outlives the process.
      const lasting = { ...device, close: () => {} }
      pack = open(lasting, { onDurable: (sequence) => void (durable = sequence) })
      if (!pack) return images
      // Numbers of commits that a crash undid are given again.
      for (const sequence of known.keys()) if (sequence > before) known.delete(sequence)
      const model = new Map(files)
      known.set(pack.sequence, filesBefore)
      const step = createWorld(deps, model, pack)
      for (let i = 0; i < steps; i++) {
        before = pack.sequence
        filesBefore = new Map(model)
        during = 'a step'
        during = step()
        // Whatever was committed meanwhile is the files as they were before the step.
        for (let sequence = before + 1; sequence <= pack.sequence; sequence++)
          known.set(sequence, filesBefore)
        counts.commits += pack.sequence - before
      }
    } catch (error) {
      if (left >= 0 || faultOf(error) === undefined) throw error
      // The commit under way may be there or not.
      for (let sequence = before + 1; sequence <= (pack?.sequence ?? before) + 1; sequence++)
        known.set(sequence, filesBefore)
    } finally {
      pack?.abandon()
    }
    return images
  }

  let device = simulatedDevice()
  for (let life = 0; life < lives; life++) {
    const images = live(device)
    device.watch = undefined
    for (const image of images) verify(image)
    counts.images += images.length
    counts.bytes = device.size()
    const image = images[Math.floor(draw() * images.length)]
    // Else only the process ends: what was written and not flushed can be read, and may still be lost.
    if (image && draw() < 0.7) {
      device = simulatedDevice(image.bytes)
      durable = image.least
    } else verify({ bytes: device.content(), least: durable, during: 'the end of the process' })
    if (differences.length > 0) break
  }
  return { ...counts, differences }
}
