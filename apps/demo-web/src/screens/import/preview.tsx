/** What an import would do, before it does: what changes, what stays, what is left out and why. */
import type { ReactNode } from 'react'
import { fullDayText, useWording } from '../../calendar/wording.ts'
import { Fold } from '../../ui/fold.tsx'
import { Section } from '../../ui/section.tsx'
import type { ImportSummary } from '../../worker/facade.ts'
import { faultLine } from './fault-line.ts'
import { fieldName } from './field-name.ts'

/** Entries of a list; more are counted. */
const mostShown = 20

interface PartProps<T> {
  readonly title: string
  readonly hint?: string
  readonly entries: readonly T[]
  tell(entry: T): ReactNode
}

function Part<T>({ title, hint, entries, tell }: PartProps<T>) {
  const { importing } = useWording().text
  if (entries.length === 0) return null
  const rest = entries.length - mostShown
  return (
    <Fold title={title} holds={undefined}>
      {hint !== undefined && <p className="hint">{hint}</p>}
      <ul className="about">
        {entries.slice(0, mostShown).map((entry, i) => (
          <li key={i}>{tell(entry)}</li>
        ))}
      </ul>
      {rest > 0 && <p className="hint">{importing.more(rest)}</p>}
    </Fold>
  )
}

function Facts({ summary }: { summary: ImportSummary }) {
  const wording = useWording()
  const { importing, episodes: words } = wording.text
  const { format, days, from, to, changing, unchanged, episodes } = summary
  const facts: (readonly [string, string])[] = [
    [importing.format, importing.formats[format]],
    ...(from && to
      ? ([
          [
            importing.range,
            importing.rangeValue(days, fullDayText(from, wording), fullDayText(to, wording)),
          ],
        ] as const)
      : []),
    [importing.changing, importing.dayCount(changing)],
    [importing.unchanged, importing.dayCount(unchanged)],
    ...episodes.map(({ kind, from, to }) => {
      const first = fullDayText(from, wording)
      const span = to ? words.span(first, fullDayText(to, wording)) : words.since(first)
      return [importing.special, `${words.kinds[kind]}, ${span}`] as const
    }),
  ]
  return (
    <dl className="facts">
      {facts.map(([name, value], i) => (
        <div key={i}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

interface PreviewProps {
  readonly summary: ImportSummary
  readonly busy: boolean
  commit(): void
  readonly changeMapping: (() => void) | undefined
}

export function Preview({ summary, busy, commit, changeMapping }: PreviewProps) {
  const wording = useWording()
  const { importing } = wording.text
  const { days, changing, conflicts, episodes, faults, unknown, remarks } = summary
  const changes = changing > 0 || episodes.length > 0
  return (
    <Section title={importing.previewTitle} arrives>
      <Facts summary={summary} />
      {days === 0 && <p>{importing.empty}</p>}
      {days > 0 && !changes && <p>{importing.nothingNew}</p>}
      <div className="folds">
        <Part
          title={importing.conflictsTitle(conflicts.length)}
          hint={importing.conflictsHint}
          entries={conflicts}
          tell={({ date, kept }) => (
            <>
              <strong>{fullDayText(date, wording)}</strong>
              {': '}
              {kept.map((field) => fieldName(field, wording.text)).join('; ')}
            </>
          )}
        />
        <Part
          title={importing.skippedTitle(faults.length)}
          entries={faults}
          tell={(fault) => faultLine(fault, wording)}
        />
        <Part
          title={importing.unknownTitle(unknown.length)}
          hint={importing.unknownHint}
          entries={unknown}
          tell={({ name, count }) => importing.unknownEntry(name, count)}
        />
        <Part
          title={importing.remarksTitle(remarks.length)}
          entries={remarks}
          tell={({ code, count }) => importing.remark(importing.remarks[code], count)}
        />
      </div>
      <div className="row">
        <button
          type="button"
          className="button button-main"
          disabled={busy || !changes}
          onClick={commit}
        >
          {importing.commit}
        </button>
        {changeMapping && (
          <button type="button" className="button" disabled={busy} onClick={changeMapping}>
            {importing.changeMapping}
          </button>
        )}
      </div>
    </Section>
  )
}
