/** The page of the comparison: starts its worker, and passes on what it says to whoever drives the browser. */
import type { Said } from './said.ts'

declare global {
  /** Given by the driver. */
  function said(what: Said): Promise<void>
}

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
worker.addEventListener('message', ({ data }: MessageEvent<Said>) => void said(data))
worker.addEventListener('error', ({ message }) => void said({ failed: message }))
