/** The lines of a hatched rectangle, worked out here so that every output draws the same ones. */
import type { Point, Rect } from './scene.ts'

/**
 * Lines rising to the right at 45°, `gap` apart across the slope's foot. They lie on x + y = multiple of
 * the gap in the coordinates of the drawing, so that the hatches of neighbours meet.
 */
export function hatchLines({
  x,
  y,
  width,
  height,
  hatch,
}: Rect): readonly (readonly [Point, Point])[] {
  if (!hatch || width <= 0 || height <= 0) return []
  const lines: [Point, Point][] = []
  const first = Math.ceil((x + y) / hatch.gap)
  const last = Math.floor((x + width + y + height) / hatch.gap)
  for (let step = first; step <= last; step += 1) {
    const sum = step * hatch.gap
    const left = Math.max(x, sum - (y + height))
    const right = Math.min(x + width, sum - y)
    if (right > left)
      lines.push([
        { x: left, y: sum - left },
        { x: right, y: sum - right },
      ])
  }
  return lines
}
