/** Times that she declares, in which cycles mean something else: a list to add to, to change and to end. */
import type { DeclaredEpisode } from '@selene/client-sdk'
import type { CivilDate } from '@selene/client-sdk/calendar'
import { useState } from 'react'
import { useAction, useCalls, useLive } from '../../backend/use-backend.tsx'
import { useToday } from '../../calendar/today.ts'
import { useLanguage, useText } from '../../strings/language.tsx'
import { dateText } from '../../strings/moment.ts'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { RemoveDialog } from '../../ui/remove-dialog.tsx'
import { Section } from '../../ui/section.tsx'
import { draftOf, newEpisode, type EpisodeDraft } from './episode-draft.ts'
import { EpisodeForm } from './episode-form.tsx'

/** From when to when, in words. */
function useSpan(): (episode: DeclaredEpisode, today: CivilDate) => string {
  const { text, locale } = useLanguage()
  const { episodes } = text
  const dateOf = (date: CivilDate): string => dateText(date, locale, { dateStyle: 'medium' })
  return ({ from, to }, today) => {
    if (to !== undefined) return episodes.span(dateOf(from), dateOf(to))
    return from > today ? episodes.starting(dateOf(from)) : episodes.since(dateOf(from))
  }
}

interface EpisodeLineProps {
  readonly episode: DeclaredEpisode
  readonly today: CivilDate
  change(): void
  end(): void
  remove(): void
}

function EpisodeLine({ episode, today, change, end, remove }: EpisodeLineProps) {
  const { episodes, app } = useText()
  const kind = episodes.kinds[episode.kind]
  const span = useSpan()(episode, today)
  return (
    <li>
      <span className="grow">
        <strong>{kind}</strong>
        <small>{span}</small>
      </span>
      <span className="row">
        {episode.to === undefined && (
          <button
            type="button"
            className="button"
            aria-label={episodes.endLabel(kind, span)}
            onClick={end}
          >
            {episodes.end}
          </button>
        )}
        <button
          type="button"
          className="button"
          aria-label={episodes.changeLabel(kind, span)}
          onClick={change}
        >
          {app.change}
        </button>
        <button
          type="button"
          className="button"
          aria-label={episodes.removeLabel(kind, span)}
          onClick={remove}
        >
          {app.remove}
        </button>
      </span>
    </li>
  )
}

interface Editing {
  readonly title: string
  readonly draft: EpisodeDraft
}

export function EpisodesSection() {
  const { episodes, app, day } = useText()
  const calls = useCalls()
  const action = useAction()
  const announcer = useAnnouncer()
  const today = useToday()
  const live = useLive('episodes')
  const list = live.status === 'ready' ? live.value : []
  const [editing, setEditing] = useState<Editing>()
  const [removing, setRemoving] = useState<DeclaredEpisode>()

  function edit(title: string, draft: EpisodeDraft): void {
    action.forget()
    setEditing({ title, draft })
  }

  async function store(work: () => Promise<void>): Promise<void> {
    await work()
    setEditing(undefined)
    announcer.polite(day.saved)
  }

  return (
    <Section title={episodes.title} lead={episodes.lead}>
      {live.status === 'loading' && <p>{app.loading}</p>}
      {live.status === 'ready' && list.length === 0 && <p>{episodes.none}</p>}
      <ul className="people entries">
        {list.map((episode) => {
          const kind = episodes.kinds[episode.kind]
          return (
            <EpisodeLine
              key={episode.id}
              episode={episode}
              today={today}
              change={() => edit(episodes.changeTitle(kind), draftOf(episode))}
              end={() =>
                edit(episodes.endTitle(kind), { ...draftOf(episode), goesOn: false, to: today })
              }
              remove={() => setRemoving(episode)}
            />
          )
        })}
      </ul>
      {!editing && <FaultNote fault={action.fault} />}
      <button
        type="button"
        className="button"
        disabled={live.status !== 'ready'}
        onClick={() => edit(episodes.addTitle, newEpisode(today))}
      >
        {episodes.add}
      </button>
      <Dialog
        open={editing !== undefined}
        title={editing?.title ?? ''}
        close={() => setEditing(undefined)}
      >
        {editing && (
          <EpisodeForm
            first={editing.draft}
            others={list}
            today={today}
            busy={action.busy}
            fault={action.fault}
            save={(episode) => void action.run(() => store(() => calls.putEpisode(episode)))}
            cancel={() => setEditing(undefined)}
          />
        )}
      </Dialog>
      <RemoveDialog
        what={removing}
        title={({ kind }) => episodes.removeTitle(episodes.kinds[kind])}
        text={episodes.removeText}
        remove={({ id }) => void action.run(() => store(() => calls.removeEpisode(id)))}
        close={() => setRemoving(undefined)}
      />
    </Section>
  )
}
