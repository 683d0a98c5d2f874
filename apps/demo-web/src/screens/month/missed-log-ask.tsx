/** Asks whether a period was not logged, and writes what she answers. */
import type { CivilDate, Cycle } from '@selene/client-sdk/calendar'
import { useState } from 'react'
import { dayOfWord } from '../../calendar/her-word.ts'
import { fullDayText, useWording } from '../../calendar/wording.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Section } from '../../ui/section.tsx'
import { MissedLogForm } from './missed-log-form.tsx'
import { useAnswer } from './use-answer.ts'

interface MissedLogAskProps {
  readonly cycle: Cycle
  readonly today: CivilDate
}

export function MissedLogAsk({ cycle, today }: MissedLogAskProps) {
  const wording = useWording()
  const { forecast } = wording.text
  const { busy, fault, write } = useAnswer()
  const [isLogging, setLogging] = useState(false)
  const { start, length } = cycle
  const ofWord = dayOfWord(cycle, today)
  const logged = async (date: CivilDate, strength: number | undefined): Promise<void> => {
    const isDone = await write(date, {
      'cycle.start': true,
      ...(strength !== undefined && { 'bleeding.value': strength }),
    })
    if (isDone) setLogging(false)
  }
  return (
    <Section
      title={length === undefined ? forecast.askTitle : forecast.askPast}
      lead={
        length === undefined
          ? forecast.askText(fullDayText(start, wording))
          : forecast.askPastText(length)
      }
    >
      <div className="row">
        <button type="button" className="button" onClick={() => setLogging(true)}>
          {forecast.askLog}
        </button>
        <button
          type="button"
          className="button"
          disabled={busy}
          onClick={() => void write(ofWord, { 'cycle.start': false })}
        >
          {forecast.askNothing}
        </button>
      </div>
      {!isLogging && <FaultNote fault={fault} />}
      <p className="hint">{forecast.askNothingHint(fullDayText(ofWord, wording))}</p>
      <Dialog open={isLogging} title={forecast.askLogTitle} close={() => setLogging(false)}>
        <MissedLogForm
          cycle={cycle}
          today={today}
          busy={busy}
          fault={fault}
          log={(date, strength) => void logged(date, strength)}
          cancel={() => setLogging(false)}
        />
      </Dialog>
    </Section>
  )
}
