/** The steps of an import: a file, what its columns are if that is not known, a preview, and its commit. */
import type { CellKind, CsvSniff, FailureReason } from '@selene/client-sdk/interchange'
import { useState } from 'react'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { keepStorage } from '../../shell/storage.ts'
import type { ImportSummary } from '../../worker/facade.ts'
import { faultOf, type Fault } from '../../worker/fault.ts'
import { draftOf, mappingOf, type MappingDraft, type TableWords } from './mapping-draft.ts'

export interface Table {
  readonly sniff: CsvSniff
  readonly words: TableWords
}

export type ImportStep =
  | { readonly name: 'choose' }
  | { readonly name: 'failed'; readonly reason: FailureReason }
  | { readonly name: 'mapping'; readonly table: Table; readonly reason?: FailureReason }
  | { readonly name: 'preview'; readonly summary: ImportSummary }
  | { readonly name: 'done'; readonly changed: number }

interface Importing {
  readonly step: ImportStep
  readonly busy: boolean
  readonly fault: Fault | undefined
  /** What she says of the columns, kept while she looks at the preview. */
  readonly draft: MappingDraft | undefined
  choose(file: File | undefined): void
  setDraft(draft: MappingDraft): void
  preview(): void
  commit(): void
  /** Back to the columns, when the file has a mapping. */
  changeMapping: (() => void) | undefined
}

/** Kinds of cells whose words she is shown; longer texts stay where they are. */
const shownKinds: readonly CellKind[] = ['date', 'flag', 'number', 'words']

/** Why a file is not read; `undefined` when it is about something else. */
const reasonOf = ({ code, faults }: Fault): FailureReason | undefined =>
  code.startsWith('import/') ? (faults?.[0] as FailureReason | undefined) : undefined

export function useImport(): Importing {
  const calls = useCalls()
  const { run, busy, fault } = useAction()
  const [step, setStep] = useState<ImportStep>({ name: 'choose' })
  const [file, setFile] = useState<File>()
  const [table, setTable] = useState<Table>()
  const [draft, setDraft] = useState<MappingDraft>()

  async function askForMapping(file: File): Promise<void> {
    const sniff = await calls.sniffTable(file)
    if (!sniff.ok) {
      setStep({ name: 'failed', reason: sniff.reason })
      return
    }
    const names = sniff.columns
      .filter(({ kind }) => shownKinds.includes(kind))
      .map(({ name }) => name)
    const found: Table = { sniff, words: await calls.tableWords(file, names) }
    setTable(found)
    setDraft(draftOf(found.sniff, found.words))
    setStep({ name: 'mapping', table: found })
  }

  async function read(file: File): Promise<void> {
    try {
      setStep({ name: 'preview', summary: await calls.previewImport(file) })
    } catch (error) {
      const reason = reasonOf(faultOf(error))
      if (!reason) throw error
      if (reason === 'mapping-needed') await askForMapping(file)
      else setStep({ name: 'failed', reason })
    }
  }

  async function readMapped(file: File, { sniff, words }: Table, draft: MappingDraft) {
    try {
      const mapping = mappingOf(sniff, draft)
      setStep({ name: 'preview', summary: await calls.previewImport(file, { mapping }) })
    } catch (error) {
      const reason = reasonOf(faultOf(error))
      if (!reason) throw error
      setStep({ name: 'mapping', table: { sniff, words }, reason })
    }
  }

  return {
    step,
    busy,
    fault,
    draft,
    choose(chosen) {
      if (!chosen) return
      setFile(chosen)
      setTable(undefined)
      setStep({ name: 'choose' })
      void run(() => read(chosen))
    },
    setDraft,
    preview() {
      if (file && table && draft) void run(() => readMapped(file, table, draft))
    },
    commit() {
      if (step.name !== 'preview') return
      const { changing, id } = step.summary
      void run(async () => {
        await calls.commitImport(id)
        void keepStorage()
        setStep({ name: 'done', changed: changing })
      })
    },
    changeMapping: table && (() => setStep({ name: 'mapping', table })),
  }
}
