/** Time that is limited. */

/** Runs `work` with a signal that is aborted after `ms`, or with `over`. */
export async function holdFor<T>(
  ms: number,
  over: AbortSignal,
  work: (until: AbortSignal) => Promise<T>,
): Promise<T> {
  const time = new AbortController()
  const end = (): void => time.abort()
  const timer = setTimeout(end, ms)
  over.addEventListener('abort', end)
  if (over.aborted) end()
  try {
    return await work(time.signal)
  } finally {
    clearTimeout(timer)
    over.removeEventListener('abort', end)
  }
}
