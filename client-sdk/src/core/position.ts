/** A measured place. */
export interface Position {
  /** Degrees, WGS 84. */
  readonly latitude: number
  readonly longitude: number
  /** Radius of the 68 % circle. */
  readonly accuracyMetres: number
  /** When it was measured, milliseconds since 1970. */
  readonly at: number
}
