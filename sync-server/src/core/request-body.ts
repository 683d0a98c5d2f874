/**
 * Request bodies: read up to a limit, parsed as JSON, checked against a schema of the wire. Faults
 * name fields and what was expected, never a value, since a value may be a secret.
 */
import { Problem } from '@selene/shapes'
import * as v from 'valibot'

const faultLimit = 20

/**
 * Reads a JSON body of at most `limit` bytes.
 * @throws {@link Problem} request/too-large, which states the limit, or request/invalid with faults.
 */
export async function readJson<S extends v.GenericSchema>(
  request: Request,
  schema: S,
  limit: number,
): Promise<v.InferOutput<S>> {
  const text = decodeText(await readBytes(request, limit))
  const parsed = v.safeParse(schema, parseJson(text), { message: expectation })
  if (parsed.success) return parsed.output
  const faults = parsed.issues.slice(0, faultLimit).map(fault)
  throw new Problem('request/invalid', { faults })
}

async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  const tooLarge = (): Problem =>
    new Problem('request/too-large', { detail: `at most ${limit} bytes` })
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge()
  if (!request.body) return new Uint8Array(0)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body) {
    size += chunk.length
    if (size > limit) throw tooLarge()
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

const invalid = (reason: string): Problem => new Problem('request/invalid', { faults: [reason] })

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw invalid('the body is not UTF-8')
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message quotes the text.
    throw invalid('the body is not JSON')
  }
}

const expectation = (issue: v.BaseIssue<unknown>): string => {
  if (issue.type === 'strict_object' && issue.expected === 'never') return 'unknown field'
  if (issue.received === 'undefined') return 'missing'
  return issue.expected ? `expected ${issue.expected}` : 'not valid'
}

function fault(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue)
  return path ? `${printable(path)}: ${issue.message}` : issue.message
}

/** Field names come from the client too: short, and of plain letters. */
const printable = (path: string): string => path.replace(/[^\w.-]/g, '?').slice(0, 80)
