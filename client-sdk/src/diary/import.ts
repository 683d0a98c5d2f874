/**
 * Import of a file in two steps: a preview that writes nothing, and its commit. Imported values
 * never replace what was logged by hand, and a second import of a file changes nothing, on one device
 * or two (W30).
 */
import { Problem, utf8, type OpId } from '@selene/shapes'
import {
  compare,
  monthOf,
  type CivilDate,
  type Episode,
  type FieldName,
  type LoggedDay,
} from '../calendar/index.ts'
import {
  importMaxBytes,
  parseImport,
  type ImportFailure,
  type ImportFault,
  type ImportFormat,
  type ImportOptions,
  type ImportRemark,
  type ImportSource,
  type UnknownName,
} from '../calendar/interchange/index.ts'
import { cutIntoPieces } from '../core/piece.ts'
import type { Documents } from '../docs/documents.ts'
import type { Write, Writes } from '../sync/write.ts'
import { compareImport, monthName, writeImportedDays } from './month.ts'
import { isSameTime, profileDocument, readProfile, writeImportedEpisodes } from './profile.ts'

export interface ImportConflict {
  readonly date: CivilDate
  /** Fields with a value of her own, which stays. */
  readonly kept: readonly FieldName[]
}

export interface ImportPreview {
  readonly format: ImportFormat
  readonly days: number
  readonly from: CivilDate | undefined
  readonly to: CivilDate | undefined
  /** Days that the import would change, and those it would leave as they are. */
  readonly changing: number
  readonly unchanged: number
  readonly conflicts: readonly ImportConflict[]
  /** Declared times, such as a pregnancy, that are not here yet. */
  readonly episodes: readonly Episode[]
  /** What is left out, by its place in the file. */
  readonly faults: readonly ImportFault[]
  /** Names of the file that mean nothing here, and how often. */
  readonly unknown: readonly UnknownName[]
  /** How something was understood that could mean more than one thing. */
  readonly remarks: readonly ImportRemark[]
  /** Writes all days in one transaction. */
  commit(): Promise<readonly Write[]>
}

/** Days in groups of one month and a bounded size; an edit must fit one envelope (W32). */
const groupDays = (days: readonly LoggedDay[]): LoggedDay[][] =>
  [...Map.groupBy(days, ({ date }) => monthOf(date)).values()].flatMap((ofMonth) =>
    cutIntoPieces(ofMonth, ({ values }) => utf8(JSON.stringify(values)).length),
  )

interface Deps {
  readonly documents: Documents
  readonly writes: Writes
  /** Runs after the commit: there is something to send. */
  readonly written: () => void
}

/** Questions that a person answers with a mapping; anything else about a file cannot be helped. */
const asksForMapping: readonly ImportFailure['reason'][] = [
  'mapping-needed',
  'mapping-wrong',
  'date-order',
]

const problemOf = ({ code, reason }: ImportFailure): Problem =>
  new Problem(asksForMapping.includes(reason) ? 'import/mapping-needed' : code, {
    faults: [reason],
  })

/**
 * Reads a file and says what its import would do.
 * @throws {@link Problem} import/unreadable, import/too-large, import/mapping-needed; its fault is the reason.
 */
export async function previewFile(
  deps: Deps,
  file: Blob | string,
  options: ImportOptions,
): Promise<ImportPreview> {
  // A file of gigabytes is refused before it is in memory.
  if (typeof file !== 'string' && file.size > importMaxBytes)
    throw new Problem('import/too-large', { faults: ['too-large'] })
  const source = typeof file === 'string' ? file : new Uint8Array(await file.arrayBuffer())
  return previewImport(deps, source, options)
}

async function previewImport(
  deps: Deps,
  source: ImportSource,
  options: ImportOptions,
): Promise<ImportPreview> {
  const { documents, writes, written } = deps
  const parsed = parseImport(source, options)
  if (!parsed.ok) throw problemOf(parsed)
  const days = parsed.days.toSorted((a, b) => compare(a.date, b.date))
  const conflicts: ImportConflict[] = []
  let changing = 0
  for (const [name, ofMonth] of Map.groupBy(days, ({ date }) => monthName(date))) {
    const doc = await documents.read(name)
    for (const { date, values } of ofMonth) {
      const { kept, written } = compareImport(doc, date, values)
      if (kept.length > 0) conflicts.push({ date, kept })
      if (written.length > 0) changing += 1
    }
  }
  const known = readProfile(await documents.read(profileDocument)).episodes
  const episodes = parsed.episodes.filter((one) => !known.some((other) => isSameTime(one, other)))
  return {
    format: parsed.format,
    days: days.length,
    from: days[0]?.date,
    to: days.at(-1)?.date,
    changing,
    unchanged: days.length - changing,
    conflicts,
    episodes,
    faults: parsed.faults,
    unknown: parsed.unknown,
    remarks: parsed.remarks,
    async commit() {
      const opIds = await documents.write(async (tx) => {
        const ids: OpId[] = []
        for (const group of groupDays(days)) {
          const id = await documents.edit(tx, monthName(group[0]!.date), (doc) =>
            writeImportedDays(doc, group),
          )
          if (id) ids.push(id)
        }
        if (episodes.length === 0) return ids
        const declared = await documents.edit(tx, profileDocument, (doc) =>
          writeImportedEpisodes(doc, episodes),
        )
        return declared ? [...ids, declared] : ids
      })
      written()
      return opIds.map((id) => writes.track(id))
    },
  }
}
