/**
 * Import of a drip file in two steps: a preview that writes nothing, and its commit. Imported values
 * never replace what was logged by hand, and a second import of a file changes nothing, on one device
 * or two (W30).
 */
import { Problem, utf8, type OpId } from '@selene/shapes'
import {
  compare,
  monthOf,
  parseDripCsv,
  type CivilDate,
  type DripDay,
  type DripFault,
  type FieldName,
} from '../calendar/index.ts'
import { cutIntoPieces } from '../core/piece.ts'
import type { Documents } from '../docs/documents.ts'
import type { Write, Writes } from '../sync/write.ts'
import { compareImport, monthName, writeImportedDays } from './month.ts'

export interface ImportConflict {
  readonly date: CivilDate
  /** Fields with a value of her own, which stays. */
  readonly kept: readonly FieldName[]
}

export interface ImportPreview {
  readonly format: 'drip-csv'
  readonly days: number
  readonly from: CivilDate | undefined
  readonly to: CivilDate | undefined
  /** Days that the import would change, and those it would leave as they are. */
  readonly changing: number
  readonly unchanged: number
  readonly conflicts: readonly ImportConflict[]
  /** Rows and cells that are left out, by line of the file. */
  readonly faults: readonly DripFault[]
  readonly unknownColumns: readonly string[]
  /** Writes all days in one transaction. */
  commit(): Promise<readonly Write[]>
}

/** Days in groups of one month and a bounded size; an edit must fit one envelope (W32). */
const groupDays = (days: readonly DripDay[]): DripDay[][] =>
  [...Map.groupBy(days, ({ date }) => monthOf(date)).values()].flatMap((ofMonth) =>
    cutIntoPieces(ofMonth, ({ values }) => utf8(JSON.stringify(values)).length),
  )

interface Deps {
  readonly documents: Documents
  readonly writes: Writes
  /** Runs after the commit: there is something to send. */
  readonly written: () => void
}

/**
 * Reads a file and says what its import would do.
 * @throws {@link Problem} import/unreadable, import/too-large.
 */
export async function previewImport(deps: Deps, text: string): Promise<ImportPreview> {
  const { documents, writes, written } = deps
  const parsed = parseDripCsv(text)
  if (!parsed.ok) throw new Problem(parsed.code)
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
  return {
    format: 'drip-csv',
    days: days.length,
    from: days[0]?.date,
    to: days.at(-1)?.date,
    changing,
    unchanged: days.length - changing,
    conflicts,
    faults: parsed.faults,
    unknownColumns: parsed.unknownColumns,
    async commit() {
      const opIds = await documents.write(async (tx) => {
        const ids: OpId[] = []
        for (const group of groupDays(days)) {
          const id = await documents.edit(tx, monthName(group[0]!.date), (doc) =>
            writeImportedDays(doc, group),
          )
          if (id) ids.push(id)
        }
        return ids
      })
      written()
      return opIds.map((id) => writes.track(id))
    },
  }
}
