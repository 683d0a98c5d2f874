/** What stands behind the gatekeeper and answers shape requests: the built-in engine, or Electric. */
import type { ShapeRequest } from '@selene/shapes'

export interface Upstream {
  /**
   * Answers as Electric's `GET /v1/shape` does for this table, columns, where and params, its 400 and
   * 409 included. `protocol` holds protocol parameters only. When `signal` is aborted a held answer
   * ends at once, as if its time were up. The answer's headers are the caller's to change.
   */
  read(request: ShapeRequest, protocol: URLSearchParams, signal: AbortSignal): Promise<Response>
  /** To be called after a commit that may have changed a table with a shape; never inside it. */
  changed(): void
  /** Ends held answers, lets running ones finish and frees everything; what comes later is not held. */
  close(): Promise<void>
}
