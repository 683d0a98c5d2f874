/** Hooks over the worker: its calls, its live values, and one action at a time with its fault. */
import {
  createContext,
  use,
  useCallback,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react'
import type { Facade } from '../worker/facade.ts'
import type { Topic, Topics, Watched } from '../worker/watched.ts'
import { faultOf, type Fault } from '../worker/fault.ts'
import type { Backend } from './backend.ts'

const BackendContext = createContext<Backend | undefined>(undefined)

export function BackendProvider(props: { backend: Backend; children: ReactNode }) {
  return <BackendContext value={props.backend}>{props.children}</BackendContext>
}

export function useBackend(): Backend {
  const backend = use(BackendContext)
  if (!backend) throw new TypeError('no backend above this component')
  return backend
}

export const useCalls = (): Facade => useBackend().calls

/** A live value as it stands, with a render for each change. */
export function useLive<T extends Topic>(
  topic: T,
  ...args: Topics[T]['args']
): Watched<Topics[T]['value']> {
  const store = useBackend().live(topic, ...args)
  return useSyncExternalStore(store.subscribe, store.get)
}

/** The value itself, `undefined` while it is not known. */
export function useValue<T extends Topic>(
  topic: T,
  ...args: Topics[T]['args']
): Topics[T]['value'] | undefined {
  const state = useLive(topic, ...args)
  return state.status === 'ready' ? state.value : undefined
}

export interface Action {
  /** Runs the work, `busy` meanwhile; says whether it went well, and keeps its fault if not. */
  run(work: () => Promise<void>): Promise<boolean>
  readonly busy: boolean
  readonly fault: Fault | undefined
  /** The fault is no longer of interest. */
  forget(): void
}

export function useAction(): Action {
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault>()
  const run = useCallback(async (work: () => Promise<void>): Promise<boolean> => {
    setBusy(true)
    setFault(undefined)
    try {
      await work()
      return true
    } catch (error) {
      setFault(faultOf(error))
      return false
    } finally {
      setBusy(false)
    }
  }, [])
  const forget = useCallback(() => setFault(undefined), [])
  return { run, busy, fault, forget }
}
