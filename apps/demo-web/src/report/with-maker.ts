/** The page's end of the worker that makes reports. */
import { wrap, type Remote } from 'comlink'
import { errorOf, unexpected } from '../worker/fault.ts'
import type { ReportMaker } from './maker.ts'

/** Starts the worker for some work, and ends it afterwards; rejected when it cannot be loaded. */
export async function withReportMaker<T>(
  work: (maker: Remote<ReportMaker>) => Promise<T>,
): Promise<T> {
  const worker = new Worker(new URL('./main.ts', import.meta.url), { type: 'module' })
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', () => reject(errorOf(unexpected)), { once: true })
  })
  try {
    return await Promise.race([work(wrap<ReportMaker>(worker)), failed])
  } finally {
    worker.terminate()
  }
}
