/** What she wants to take out of the diary, while she says it. Pure. */
import { addDays, isCivilDate, type CivilDate, type Insight } from '@selene/client-sdk/calendar'
import { findingKinds, type FindingKind, type ReportPart } from '@selene/client-sdk/report'
import { shiftDate } from '../../calendar/month-grid.ts'
import type { Strings } from '../../strings/en.ts'

export type ExportFormat = keyof Strings['exporting']['formats']
export type ExportRange = keyof Strings['exporting']['ranges']
/** Parts of a report, and what the app noticed, which stands in its summary. */
export type ExportPart = keyof Strings['exporting']['partNames']

export interface ExportDraft {
  readonly format: ExportFormat
  readonly range: ExportRange
  /** Dates as the inputs give them. */
  readonly from: string
  readonly to: string
  readonly parts: ReadonlySet<ExportPart>
  readonly name: string
}

export const maxNameLength = 200

/** A doctor reads a year; what goes to another program is to be whole. */
const usualRange: Readonly<Record<ExportFormat, ExportRange>> = {
  pdf: 'year',
  fhir: 'year',
  json: 'all',
  'drip-csv': 'all',
}

export const newExport: ExportDraft = {
  format: 'pdf',
  range: usualRange.pdf,
  from: '',
  to: '',
  parts: new Set<ExportPart>(['summary', 'insights', 'charts', 'table']),
  name: '',
}

/** Another format, with the days that are usual for it unless she has chosen others. */
export const withFormat = (draft: ExportDraft, format: ExportFormat): ExportDraft => ({
  ...draft,
  format,
  ...(draft.range === usualRange[draft.format] && { range: usualRange[format] }),
})

const months = { 'three-months': 3, 'six-months': 6, year: 12 } as const

/** First and last day; absent ends are open, and so are those that are no dates. */
export function rangeOf(
  { range, from, to }: ExportDraft,
  today: CivilDate,
): { from?: CivilDate; to?: CivilDate } {
  if (range === 'all') return {}
  if (range === 'own') return { ...(isCivilDate(from) && { from }), ...(isCivilDate(to) && { to }) }
  return { from: addDays(shiftDate(today, -months[range]), 1), to: today }
}

/** Whether a format is a report, which may name somebody and say what was noticed. */
export const isReport = (format: ExportFormat): format is 'pdf' | 'fhir' =>
  format === 'pdf' || format === 'fhir'

/** What the app noticed is of the last months, and has no place among older days. */
export const isOfNow = (draft: ExportDraft, today: CivilDate): boolean =>
  (rangeOf(draft, today).to ?? today) >= addDays(today, -31)

/** The parts that a format can have, in their order. */
export function partsOf(draft: ExportDraft, today: CivilDate): ExportPart[] {
  const noticed: ExportPart[] = isOfNow(draft, today) ? ['insights'] : []
  if (draft.format === 'fhir') return noticed
  return draft.format === 'pdf' ? ['summary', ...noticed, 'charts', 'table', 'notes'] : []
}

/** Parts of the PDF. What was noticed stands in the summary and needs it. */
export const contentsOf = ({ parts }: ExportDraft): ReportPart[] =>
  (['summary', 'charts', 'table', 'notes'] as const).filter(
    (part) => parts.has(part) || (part === 'summary' && parts.has('insights')),
  )

export interface ExportFaults {
  readonly from: boolean
  readonly to?: 'date' | 'order'
  readonly parts: boolean
  readonly name: boolean
}

export function faultsOf(draft: ExportDraft): ExportFaults {
  const { format, range, from, to, name } = draft
  const isOwn = range === 'own'
  const isFromGood = isCivilDate(from)
  const ofTo = !isCivilDate(to) ? 'date' : isFromGood && to < from ? 'order' : undefined
  return {
    from: isOwn && !isFromGood,
    ...(isOwn && ofTo && { to: ofTo }),
    parts: format === 'pdf' && contentsOf(draft).length === 0,
    name: isReport(format) && name.trim().length > maxNameLength,
  }
}

export const isSound = ({ from, to, parts, name }: ExportFaults): boolean =>
  !from && !to && !parts && !name

const findings: Partial<Record<Insight['reason'], FindingKind>> = {
  heavy: 'menorrhagia',
  absent: 'amenorrhoea',
  irregular: 'irregular',
  present: 'intermenstrual',
}

/** What was noticed and has a code of its own, each once. */
export function findingsOf(insights: readonly Insight[]): FindingKind[] {
  const found = new Set(insights.map(({ reason }) => findings[reason]))
  return findingKinds.filter((kind) => found.has(kind))
}
