/** Letting the server know the coarse cell she is in, so that she can be asked to help nearby. */
import type { Live } from '../core/live.ts'
import type { Position } from '../core/position.ts'

export interface LocationState {
  readonly sharing: boolean
  readonly radiusMetres: number
  /** When the server last took a cell, milliseconds since 1970. */
  readonly sentAt?: number
}

export interface Location {
  readonly state: Live<LocationState>
  /**
   * Opts in to (or out of) helping people nearby, from this device. Opting out holds at once, also when the
   * server cannot be reached; it is told again with the beat.
   * @throws {@link Problem} account/none, server/unreachable; TypeError for a radius outside 1,000 to
   * 20,000 metres.
   */
  set(settings: { sharing: boolean; radiusMetres?: number; position?: Position }): Promise<void>
  /** Says where she is; only the cell leaves the device, on a fixed beat, while sharing. */
  report(position: Position): void
}
