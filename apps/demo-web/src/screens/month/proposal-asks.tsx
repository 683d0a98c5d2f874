/** Asks about bleeding that began so soon after a start that it may or may not begin a cycle. */
import { daysBetween, type CivilDate, type CycleHistory } from '@selene/client-sdk/calendar'
import { cycleOn } from '../../calendar/cycle-of.ts'
import { fullDayText, useWording } from '../../calendar/wording.ts'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Section } from '../../ui/section.tsx'
import { useAnswer } from './use-answer.ts'

function ProposalAsk({ date, after }: { date: CivilDate; after: number }) {
  const wording = useWording()
  const { forecast } = wording.text
  const { busy, fault, write } = useAnswer()
  const answer = (isStart: boolean, label: string) => (
    <button
      type="button"
      className="button"
      disabled={busy}
      onClick={() => void write(date, { 'cycle.start': isStart })}
    >
      {label}
    </button>
  )
  return (
    <Section
      title={forecast.proposalTitle(fullDayText(date, wording))}
      lead={forecast.proposalText(after)}
    >
      <div className="row">
        {answer(true, forecast.proposalYes)}
        {answer(false, forecast.proposalNo)}
      </div>
      <FaultNote fault={fault} />
    </Section>
  )
}

interface ProposalAsksProps {
  readonly history: CycleHistory
  readonly from: CivilDate
  readonly to: CivilDate
}

/** @param props The days whose proposals are asked about. */
export function ProposalAsks({ history, from, to }: ProposalAsksProps) {
  return history.proposals
    .filter((date) => from <= date && date <= to)
    .map((date) => {
      const start = cycleOn(history.cycles, date)?.start
      return start && <ProposalAsk key={date} date={date} after={daysBetween(start, date)} />
    })
}
