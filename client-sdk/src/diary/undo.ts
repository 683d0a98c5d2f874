/**
 * Undo: takes back this device's last edits of days, one after the other, by writing what stood before as a new
 * act. What another device has changed since is left alone. Kept in memory: a restart leaves nothing to undo.
 */
import { isFieldName, type CivilDate, type FieldName } from '../calendar/index.ts'
import { createLiveValue, type Live } from '../core/live.ts'
import { createTurns } from '../core/turns.ts'
import { recordAct, takeBack, type Changed } from '../docs/act-record.ts'
import type { Content } from '../docs/documents.ts'
import type { Write } from '../sync/write.ts'
import { actOn, authorNow, trackEdit, type Author, type WritingDeps } from './act.ts'
import { fieldOfChange, monthName } from './month.ts'

/** What came of taking back the last edit. */
export type Undone =
  | { readonly outcome: 'nothing-left' }
  /** Everything that it had changed was changed again by another device: it stays, and the edit before is next. */
  | { readonly outcome: 'changed-since'; readonly date: CivilDate }
  | {
      readonly outcome: 'undone'
      readonly date: CivilDate
      readonly write: Write
      /** Fields that stay, since another device has changed them. */
      readonly left: readonly FieldName[]
    }

export interface Undo {
  /** How many edits can be taken back. */
  readonly steps: Live<number>
  /** Takes back the last edit. @throws {@link Problem} doc/newer-schema, store/…; the edit can then be taken back later. */
  undo(): Promise<Undone>
}

export interface UndoableEdits extends Undo {
  /** Changes a day, and remembers what it was. */
  edit(date: CivilDate, change: (doc: Content, author: Author) => void): Promise<Write>
}

interface Act {
  readonly date: CivilDate
  readonly changes: readonly Changed[]
}

/** More steps back than anybody takes. */
const mostActs = 100

const fieldsOf = (changes: readonly Changed[]): FieldName[] => [
  ...new Set(changes.map(fieldOfChange).filter(isFieldName)),
]

export function createUndo(deps: WritingDeps): UndoableEdits {
  const { documents } = deps
  const steps = createLiveValue(0)
  let acts: readonly Act[] = []
  /** Two at once take back two edits. */
  const inTurn = createTurns()

  function keep(next: readonly Act[]): void {
    acts = next.slice(-mostActs)
    steps.set(acts.length)
  }

  async function undoLast(): Promise<Undone> {
    const act = acts.at(-1)
    if (!act) return { outcome: 'nothing-left' }
    const { date, changes } = act
    const author = authorNow(deps)
    let left: readonly Changed[] = []
    const opId = await documents.write((tx) =>
      documents.edit(tx, monthName(date), (doc) => {
        left = takeBack(doc, changes, author)
      }),
    )
    // An edit that came meanwhile stays on top.
    keep(acts.filter((other) => other !== act))
    if (!opId) return { outcome: 'changed-since', date }
    return { outcome: 'undone', date, write: trackEdit(deps, opId), left: fieldsOf(left) }
  }

  return {
    steps: steps.live,

    async edit(date, change) {
      let changes: readonly Changed[] = []
      const write = await actOn(deps, monthName(date), (doc, author) => {
        changes = recordAct(doc, () => change(doc, author))
      })
      if (changes.length > 0) keep([...acts, { date, changes }])
      return write
    },

    undo: () => inTurn(undoLast),
  }
}
