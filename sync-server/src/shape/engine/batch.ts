/**
 * Answers many callers by one query: keys that are asked for while a load runs are loaded together by
 * the next. A load never began before the call that it answers.
 */
export function createBatch<V>(
  load: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>,
  most = 200,
): (key: string) => Promise<V | undefined> {
  type Caller = { readonly key: string; readonly answer: PromiseWithResolvers<V | undefined> }
  let waiting: Caller[] = []
  let isRunning = false

  async function run(): Promise<void> {
    isRunning = true
    while (waiting.length > 0) {
      const callers = waiting.slice(0, most)
      waiting = waiting.slice(most)
      try {
        const found = await load([...new Set(callers.map(({ key }) => key))])
        for (const { key, answer } of callers) answer.resolve(found.get(key))
      } catch (error) {
        for (const { answer } of callers) answer.reject(error)
      }
    }
    isRunning = false
  }

  return (key) => {
    const answer = Promise.withResolvers<V | undefined>()
    waiting.push({ key, answer })
    if (!isRunning) void run()
    return answer.promise
  }
}
