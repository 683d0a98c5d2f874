/** Reads a whole shape as a new client does, request by request, and counts its rows without taking them apart. */

const insert = Buffer.from('"operation":"insert"')

function countRows(body: Buffer): number {
  let count = 0
  for (let at = body.indexOf(insert); at !== -1; at = body.indexOf(insert, at + insert.length))
    count += 1
  return count
}

export interface Whole {
  readonly rows: number
  readonly bytes: number
  readonly milliseconds: number
  readonly handle: string
}

/**
 * @param url Of the shape, with what is asked.
 * @throws Error when an answer is not a good one.
 */
export async function readWhole(url: URL, headers: HeadersInit = {}): Promise<Whole> {
  const start = performance.now()
  const bodies: Buffer[] = []
  let handle = ''
  for (let offset = '-1', isOver = false; !isOver;) {
    const next = new URL(url)
    next.searchParams.set('offset', offset)
    if (handle) next.searchParams.set('handle', handle)
    const response = await fetch(next, { headers })
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
    bodies.push(Buffer.from(await response.arrayBuffer()))
    handle = response.headers.get('electric-handle') ?? ''
    offset = response.headers.get('electric-offset') ?? ''
    isOver = response.headers.has('electric-up-to-date')
  }
  const milliseconds = performance.now() - start
  return {
    rows: bodies.reduce((sum, body) => sum + countRows(body), 0),
    bytes: bodies.reduce((sum, { length }) => sum + length, 0),
    milliseconds,
    handle,
  }
}

/** Rows per second of several readings, the median. */
export async function rowsPerSecond(
  expected: number,
  rounds: number,
  read: (round: number) => Promise<Whole>,
): Promise<number> {
  const rates: number[] = []
  for (let round = 0; round < rounds; round++) {
    const { rows, milliseconds } = await read(round)
    if (rows !== expected) throw new Error(`${rows} rows instead of ${expected}`)
    rates.push((1000 * rows) / milliseconds)
  }
  return rates.toSorted((a, b) => a - b)[Math.floor(rounds / 2)]!
}
