/** The questions about one declared time. */
import type { DeclaredEpisode } from '@selene/client-sdk'
import type { CivilDate } from '@selene/client-sdk/calendar'
import { useState } from 'react'
import { useText } from '../../strings/language.tsx'
import { ChoiceChips } from '../../ui/chips.tsx'
import { EntryForm } from '../../ui/entry-form.tsx'
import { Field, Odd } from '../../ui/field.tsx'
import { optionsOf } from '../../ui/options-of.ts'
import type { Fault } from '../../worker/fault.ts'
import { episodeOf, faultsOf, oddityOf, type EpisodeDraft } from './episode-draft.ts'

interface EpisodeFormProps {
  readonly first: EpisodeDraft
  readonly others: readonly DeclaredEpisode[]
  readonly today: CivilDate
  readonly busy: boolean
  readonly fault: Fault | undefined
  save(episode: NonNullable<ReturnType<typeof episodeOf>>): void
  cancel(): void
}

export function EpisodeForm(props: EpisodeFormProps) {
  const { first, others, today, busy, fault, save, cancel } = props
  const { episodes } = useText()
  const [draft, setDraft] = useState(first)
  const [tried, setTried] = useState(false)
  const set = (change: Partial<EpisodeDraft>): void => setDraft({ ...draft, ...change })
  const faults = tried ? faultsOf(draft) : {}
  const odd = oddityOf(draft, others, today)

  function submit(): boolean {
    setTried(true)
    const episode = episodeOf(draft)
    if (episode) save(episode)
    return episode !== undefined
  }

  return (
    <EntryForm busy={busy} fault={fault} save={submit} cancel={cancel}>
      <div className="input-group">
        <ChoiceChips
          legend={episodes.kind}
          options={optionsOf(episodes.kinds)}
          value={draft.kind}
          choose={(kind) => set({ kind })}
        />
        <p className="hint">{episodes.meanings[draft.kind]}</p>
      </div>
      <Field
        label={episodes.from}
        type="date"
        fault={faults.from && episodes.dateFault}
        value={draft.from}
        onChange={(event) => set({ from: event.target.value })}
      />
      <label className="switch">
        <input
          type="checkbox"
          checked={draft.goesOn}
          onChange={(event) => set({ goesOn: event.target.checked })}
        />
        <span>{episodes.goesOn}</span>
      </label>
      {!draft.goesOn && (
        <Field
          label={episodes.to}
          type="date"
          fault={faults.to && (faults.to === 'order' ? episodes.orderFault : episodes.dateFault)}
          value={draft.to}
          onChange={(event) => set({ to: event.target.value })}
        />
      )}
      <Odd>{odd && (odd === 'overlap' ? episodes.overlapOdd : episodes.futureOdd)}</Odd>
    </EntryForm>
  )
}
