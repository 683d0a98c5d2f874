/** Draws the scene of a chart with the primitives of a PDF: the same shapes that the app shows as SVG. */
import type { PDFDocument } from 'pdfkit'
import { hatchLines } from '../charts/hatch.ts'
import { paintColor } from '../charts/paint.ts'
import type { Circle, Line, Point, Polyline, Rect, Shape, Stroke, Text } from '../charts/scene.ts'
import type { Typefaces } from './pdf-typefaces.ts'

interface Canvas {
  readonly doc: PDFDocument
  readonly typefaces: Typefaces
}

/** Draws shapes from the origin of the current transformation. */
export function drawShapes(canvas: Canvas, shapes: readonly Shape[]): void {
  for (const shape of shapes) drawShape(canvas, shape)
}

function drawShape(canvas: Canvas, shape: Shape): void {
  switch (shape.kind) {
    case 'rect':
      return drawRect(canvas.doc, shape)
    case 'line':
      return drawLines(canvas.doc, [[shape.from, shape.to]], shape.stroke)
    case 'polyline':
      return drawPainted(canvas.doc, shape, () => tracePolyline(canvas.doc, shape))
    case 'circle':
      return drawPainted(canvas.doc, shape, () => traceCircle(canvas.doc, shape))
    case 'text':
      return drawText(canvas, shape)
    case 'group':
      canvas.doc.save().translate(shape.x, shape.y)
      drawShapes(canvas, shape.shapes)
      canvas.doc.restore()
  }
}

const traceCircle = (doc: PDFDocument, { center, radius }: Circle): unknown =>
  doc.circle(center.x, center.y, radius)

function tracePolyline(doc: PDFDocument, { points, fill }: Polyline): void {
  for (const [index, { x, y }] of points.entries())
    if (index === 0) doc.moveTo(x, y)
    else doc.lineTo(x, y)
  if (fill) doc.closePath()
}

/** Fills what was traced and then strokes it, so that the stroke keeps its width. */
function drawPainted(
  doc: PDFDocument,
  { fill, opacity = 1, stroke }: Rect | Circle | Polyline,
  trace: () => unknown,
): void {
  if (fill) {
    doc.save()
    trace()
    doc.fillColor(paintColor(fill, 'print'), opacity).fill().restore()
  }
  if (stroke) {
    doc.save()
    trace()
    strokeWith(doc, stroke)
    doc.restore()
  }
}

function strokeWith(doc: PDFDocument, { paint, width, dash }: Stroke): void {
  doc.strokeColor(paintColor(paint, 'print')).lineWidth(width)
  if (dash) doc.dash(dash)
  doc.stroke()
}

function drawRect(doc: PDFDocument, rect: Rect): void {
  const width = Math.max(0, rect.width)
  const height = Math.max(0, rect.height)
  const radius = Math.min(rect.radius ?? 0, width / 2, height / 2)
  drawPainted(doc, rect, () =>
    radius > 0
      ? doc.roundedRect(rect.x, rect.y, width, height, radius)
      : doc.rect(rect.x, rect.y, width, height),
  )
  if (rect.hatch) drawLines(doc, hatchLines(rect), rect.hatch)
}

function drawLines(
  doc: PDFDocument,
  lines: readonly (readonly [Line['from'], Point])[],
  stroke: Stroke,
): void {
  if (lines.length === 0) return
  doc.save()
  for (const [from, to] of lines) doc.moveTo(from.x, from.y).lineTo(to.x, to.y)
  strokeWith(doc, stroke)
  doc.restore()
}

function drawText(
  { doc, typefaces }: Canvas,
  { x, y, text, size, paint, isBold, anchor }: Text,
): void {
  const style = { size, ...(isBold && { isBold }) }
  const share = anchor === 'end' ? 1 : anchor === 'middle' ? 0.5 : 0
  doc.save().fillColor(paintColor(paint, 'print'), 1)
  typefaces.draw(
    text,
    { x: share === 0 ? x : x - typefaces.widthOf(text, style) * share, y },
    style,
  )
  doc.restore()
}
