/**
 * A drawing as plain data: a handful of shapes on a sheet whose units are CSS pixels, y downwards. One
 * scene serves every output: {@link ./svg.ts} makes elements of it, the PDF report draws the same shapes
 * with its own primitives. Colours are roles, so that a theme is chosen when it is drawn.
 */

/** What a colour is for; `paint.ts` says which colour that is in each theme. */
export type Paint =
  | 'card'
  | 'sunken'
  | 'ink'
  | 'soft'
  | 'line'
  | 'edge'
  | 'accent'
  | 'mark'
  | 'on-mark'

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Stroke {
  readonly paint: Paint
  readonly width: number
  /** Lengths of dashes and gaps in turn. */
  readonly dash?: readonly number[]
}

/** Slanted lines across a rectangle, `gap` apart: what stays visible without colour. */
export interface Hatch {
  readonly paint: Paint
  readonly gap: number
  readonly width: number
}

interface Painted {
  readonly fill?: Paint
  /** Of the fill, 0 to 1. */
  readonly opacity?: number
  readonly stroke?: Stroke
}

export interface Rect extends Painted {
  readonly kind: 'rect'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly radius?: number
  readonly hatch?: Hatch
}

export interface Line {
  readonly kind: 'line'
  readonly from: Point
  readonly to: Point
  readonly stroke: Stroke
}

/** Lines from point to point; with a fill, the area that they enclose. */
export interface Polyline extends Painted {
  readonly kind: 'polyline'
  readonly points: readonly Point[]
}

export interface Circle extends Painted {
  readonly kind: 'circle'
  readonly center: Point
  readonly radius: number
}

/** One line of text; `y` is its baseline. */
export interface Text {
  readonly kind: 'text'
  readonly x: number
  readonly y: number
  readonly text: string
  readonly size: number
  readonly paint: Paint
  readonly isBold?: boolean
  /** Which end of the text lies at `x`; `start` unless given. */
  readonly anchor?: 'start' | 'middle' | 'end'
}

/** Shapes that are moved together. */
export interface Group {
  readonly kind: 'group'
  readonly x: number
  readonly y: number
  readonly shapes: readonly Shape[]
}

export type Shape = Rect | Line | Polyline | Circle | Text | Group

/** A sheet and what is on it, drawn in order. */
export interface Scene {
  readonly width: number
  readonly height: number
  readonly shapes: readonly Shape[]
}
