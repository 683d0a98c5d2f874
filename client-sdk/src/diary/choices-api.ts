/** A list of choices as an app reads, changes and looks back on it. */
import { Problem } from '@selene/shapes'
import type { Live } from '../core/live.ts'
import { readRegisters } from '../docs/register.ts'
import type { Write } from '../sync/write.ts'
import { actOn, type WritingDeps } from './act.ts'
import type { ChoiceEdit, Choices, Choosing, Chosen, Definitions } from './choices.ts'
import { nameWriter, type WriterName } from './writer-name.ts'

/** One value that a device chose, with the name of who chose it. */
export interface SettingEdit extends Omit<ChoiceEdit, 'writer'> {
  readonly by: WriterName
}

/** A closed list of values by name; absent ones have not been set. */
export interface Fields<Values, Change> {
  readonly values: Live<Values>
  /** `null` takes a value back. @throws {@link Problem} diary/invalid-profile with one fault per impossible value. */
  set(change: Change): Promise<Write>
  /** Every value that any device chose, of each name the one that holds first. */
  history(): Promise<readonly SettingEdit[]>
}

/** @param values What holds, read from the derived table. */
export function createFields<D extends Definitions>(
  deps: WritingDeps,
  kind: { readonly document: string; readonly choices: Choices<D> },
  values: Live<Chosen<D>>,
): Fields<Chosen<D>, Choosing<D>> {
  const { document, choices } = kind
  return {
    values,
    async set(change) {
      const faults = choices.faults(change)
      if (faults.length > 0) throw new Problem('diary/invalid-profile', { faults })
      return actOn(deps, document, (doc, author) => choices.write(doc, author, change))
    },
    async history() {
      const registers = readRegisters(await deps.documents.read(document))
      return choices
        .edits(registers)
        .map(({ writer, ...edit }) => ({ ...edit, by: nameWriter(deps.vault, writer) }))
    },
  }
}
