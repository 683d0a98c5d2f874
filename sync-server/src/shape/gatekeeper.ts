/**
 * Decides what a reader may ask. Table, columns, where and params come from the shape's definition
 * and the reader's claims alone; of the client's words only the protocol's own pass.
 */
import { isShapeName, shapeRequest, type ShapeRequest } from '@selene/shapes'
import type { Claims } from '../core/claims.ts'

/** Parameters by which a client follows a stream; none of them can widen what is read. */
const protocolParameters: ReadonlySet<string> = new Set([
  'offset',
  'handle',
  'live',
  'live_sse',
  'experimental_live_sse',
  'cursor',
  'log',
  'expired_handle',
  'cache-buster',
])

/** Longest value of a parameter that still looks like one. */
const longestValue = 200

export type Verdict =
  | { readonly ok: true; readonly request: ShapeRequest; readonly protocol: URLSearchParams }
  | { readonly ok: false; readonly code: 'shape/unknown' }
  | { readonly ok: false; readonly code: 'request/invalid'; readonly faults: readonly string[] }

function faultsOf(parameters: URLSearchParams): string[] {
  const names = [...new Set(parameters.keys())]
  const unknown = names.filter((name) => !protocolParameters.has(name))
  const known = names.filter((name) => protocolParameters.has(name))
  return [
    ...unknown.map((name) => `${JSON.stringify(name.slice(0, 40))} is not a parameter of a shape`),
    ...known
      .filter((name) => parameters.getAll(name).length > 1)
      .map((name) => `"${name}" is given more than once`),
    ...known
      .filter((name) => parameters.getAll(name).some((value) => value.length > longestValue))
      .map((name) => `"${name}" is too long`),
  ]
}

/** What `claims` may read of the shape, or what is wrong with the request. */
export function admitReader(
  claims: Pick<Claims, 'vault'>,
  shapeName: string,
  parameters: URLSearchParams,
): Verdict {
  if (!isShapeName(shapeName)) return { ok: false, code: 'shape/unknown' }
  const faults = faultsOf(parameters)
  if (faults.length > 0) return { ok: false, code: 'request/invalid', faults }
  return {
    ok: true,
    request: shapeRequest(shapeName, claims.vault),
    protocol: new URLSearchParams(parameters),
  }
}
