/** Looks for planted words in everything a database holds: every row of every table, as text and as bytes. */

/** Runs one statement and returns its rows. */
export interface Query {
  (sql: string): Promise<readonly Record<string, unknown>[]>
}

/** Tables of the product, not those of Postgres or PostGIS. */
const tables = `
  SELECT format('%I.%I', n.nspname, c.relname) AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  ORDER BY 1`

const asHex = (word: string): string => Buffer.from(word, 'utf8').toString('hex')

export interface Search {
  readonly tables: number
  readonly rows: number
  /** Tables in which a word was found. */
  readonly found: readonly string[]
}

/** A word as it could stand in text, in bytes printed as hexadecimal, and in base64 at any offset. */
export function disguises(word: string): string[] {
  const bytes = Buffer.from(word, 'utf8')
  const base64 = [0, 1, 2].map((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes])
    // The first and last letters depend on the neighbours; what is between does not.
    const text = padded.toString('base64url')
    return text.slice(offset === 0 ? 0 : 4, text.length - (padded.length % 3 === 0 ? 0 : 4))
  })
  return [word, asHex(word), ...base64]
}

/** A row's `::text` prints bytes as hexadecimal, so each word is looked for in both forms. */
export async function searchPlaintext(query: Query, words: readonly string[]): Promise<Search> {
  const needles = words.flatMap((word) => [word.toLowerCase(), asHex(word)])
  const found: string[] = []
  const names = (await query(tables)).map((row) => String(row['name']))
  let rows = 0
  for (const name of names) {
    const texts = await query(`SELECT t::text AS text FROM ${name} t`)
    rows += texts.length
    const isHit = (text: string): boolean => needles.some((needle) => text.includes(needle))
    if (texts.some((row) => isHit(String(row['text']).toLowerCase()))) found.push(name)
  }
  return { tables: names.length, rows, found }
}
