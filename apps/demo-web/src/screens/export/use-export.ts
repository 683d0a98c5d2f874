/** Makes the file that she asked for, on this device. */
import type { CivilDate, Insight, LoggedDay } from '@selene/client-sdk/calendar'
import { useState } from 'react'
import { useAction, useCalls, useValue } from '../../backend/use-backend.tsx'
import { useWording } from '../../calendar/wording.ts'
import { withReportMaker } from '../../report/with-maker.ts'
import { useLanguage } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { download } from '../../ui/download.ts'
import type { Fault } from '../../worker/fault.ts'
import { insightText, placeOf } from '../insights/insight-text.ts'
import { contentsOf, findingsOf, isOfNow, rangeOf, type ExportDraft } from './export-draft.ts'
import type { ReportOrder } from '../../report/order.ts'

const firstDate = '0001-01-01' as CivilDate
const lastDate = '9999-12-31' as CivilDate

interface Exporting {
  readonly busy: boolean
  readonly fault: Fault | undefined
  /** What came of it, until something else is asked for. */
  readonly outcome: 'made' | 'empty' | undefined
  make(draft: ExportDraft): void
  forget(): void
}

export function useExport(today: CivilDate): Exporting {
  const calls = useCalls()
  const { run, busy, fault } = useAction()
  const announcer = useAnnouncer()
  const wording = useWording()
  const { code } = useLanguage()
  const { exporting } = wording.text
  const cycles = useValue('cycles')?.cycles ?? []
  const found = useValue('insights') ?? []
  const showsFertility = useValue('profile')?.showsFertility === true
  const [outcome, setOutcome] = useState<Exporting['outcome']>()

  /** What there is to say of the last months, unless she leaves it out. */
  function noticed(draft: ExportDraft): readonly Insight[] {
    if (!draft.parts.has('insights') || !isOfNow(draft, today)) return []
    // How steadily she logs is said to her alone.
    return found.filter((insight) => placeOf(insight) !== 'open' && insight.kind !== 'logging')
  }

  function orderOf(
    draft: ExportDraft,
    days: readonly LoggedDay[],
    range: ReportOrder['range'],
  ): ReportOrder {
    const name = draft.name.trim()
    return {
      language: code,
      range,
      madeOn: today,
      days,
      cycles,
      insights: noticed(draft).map((insight) => {
        const { title, said } = insightText(insight, wording)
        return `${title}: ${said}`
      }),
      ...(name !== '' && { name }),
    }
  }

  async function reportOf(draft: ExportDraft): Promise<Blob | undefined> {
    const asked = rangeOf(draft, today)
    // The cycles before the range are needed to evaluate those in it.
    const days = await calls.readDays(firstDate, asked.to ?? lastDate)
    const inside = days.filter(({ date }) => date >= (asked.from ?? firstDate))
    const [first, last] = [inside[0], inside.at(-1)]
    if (!first || !last) return undefined
    const range = { from: asked.from ?? first.date, to: asked.to ?? last.date }
    const order = orderOf(draft, days, range)
    return withReportMaker((maker) =>
      draft.format === 'pdf'
        ? maker.pdf({
            ...order,
            contents: contentsOf(draft),
            showsFertility,
            phaseNames: wording.text.insights.phases,
          })
        : maker.fhir({ ...order, id: crypto.randomUUID(), findings: findingsOf(noticed(draft)) }),
    )
  }

  async function fileOf(draft: ExportDraft): Promise<Blob | undefined> {
    const { format } = draft
    return format === 'json' || format === 'drip-csv'
      ? calls.exportDiary({ format, ...rangeOf(draft, today) })
      : reportOf(draft)
  }

  return {
    busy,
    fault,
    outcome,
    make(draft) {
      setOutcome(undefined)
      void run(async () => {
        const file = await fileOf(draft)
        if (file) download(file, exporting.files[draft.format])
        setOutcome(file ? 'made' : 'empty')
        announcer.polite(file ? exporting.made : exporting.empty)
      })
    },
    forget: () => setOutcome(undefined),
  }
}
