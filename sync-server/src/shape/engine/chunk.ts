/** Cuts messages into chunks: one ends with the message that makes it as large as a chunk may be. */

export interface Cutting {
  /** Takes a message and returns the chunk that it completes, if it does. */
  add(message: string): string[]
  /** Returns what is left; there is at least one chunk in all. */
  end(): string[]
}

export function cutChunks(bytes: number): Cutting {
  let messages: string[] = []
  let size = 0
  let count = 0
  const take = (): string[] => {
    const body = messages.join(',')
    messages = []
    size = 0
    count += 1
    return [body]
  }
  return {
    add(message) {
      messages.push(message)
      size += Buffer.byteLength(message)
      return size >= bytes ? take() : []
    },
    end: () => (messages.length > 0 || count === 0 ? take() : []),
  }
}
