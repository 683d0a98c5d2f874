/**
 * A chart as SVG: a tree of plain elements, which React can create without raw HTML, or the text of a
 * file. Neither has ids, scripts, styles or anything from outside.
 */
import type { Chart } from './chart.ts'
import { hatchLines } from './hatch.ts'
import { paintColor, type Theme } from './paint.ts'
import type {
  Circle,
  Group,
  Line,
  Point,
  Polyline,
  Rect,
  Scene,
  Shape,
  Stroke,
  Text,
} from './scene.ts'
import { xmlText } from './xml-text.ts'

/**
 * An element. Attributes have the names that React gives them (`strokeWidth`); in {@link svgText} they
 * get those of SVG (`stroke-width`).
 */
export interface SvgElement {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string | number>>
  readonly children: readonly (SvgElement | string)[]
}

type Attributes = SvgElement['attributes']

const element = (
  tag: string,
  attributes: Attributes,
  children: SvgElement['children'] = [],
): SvgElement => ({ tag, attributes, children })

/** Hundredths of a pixel; a number that is none is a mistake of the chart. */
function exact(value: number): number {
  if (!Number.isFinite(value)) throw new TypeError('a shape has a number that is not finite')
  const rounded = Math.round(value * 100) / 100
  return rounded === 0 ? 0 : rounded
}

const at = ({ x, y }: Point): string => `${exact(x)},${exact(y)}`

const strokeOf = (stroke: Stroke | undefined, theme: Theme): Attributes =>
  stroke
    ? {
        stroke: paintColor(stroke.paint, theme),
        strokeWidth: exact(stroke.width),
        ...(stroke.dash && { strokeDasharray: stroke.dash.map(exact).join(' ') }),
      }
    : {}

function painted(shape: Rect | Circle | Polyline, theme: Theme): Attributes {
  return {
    fill: shape.fill ? paintColor(shape.fill, theme) : 'none',
    ...(shape.opacity !== undefined && { fillOpacity: exact(shape.opacity) }),
    ...strokeOf(shape.stroke, theme),
  }
}

function rectElements(rect: Rect, theme: Theme): SvgElement[] {
  const { x, y, width, height, radius, hatch } = rect
  const box = element('rect', {
    x: exact(x),
    y: exact(y),
    width: exact(Math.max(0, width)),
    height: exact(Math.max(0, height)),
    ...(radius !== undefined && { rx: exact(radius) }),
    ...painted(rect, theme),
  })
  const lines = hatchLines(rect)
  if (!hatch || lines.length === 0) return [box]
  const d = lines.map(([from, to]) => `M${at(from)}L${at(to)}`).join('')
  return [box, element('path', { d, fill: 'none', ...strokeOf(hatch, theme) })]
}

const lineElement = ({ from, to, stroke }: Line, theme: Theme): SvgElement =>
  element('line', {
    x1: exact(from.x),
    y1: exact(from.y),
    x2: exact(to.x),
    y2: exact(to.y),
    ...strokeOf(stroke, theme),
  })

const polylineElement = (shape: Polyline, theme: Theme): SvgElement =>
  element('polyline', { points: shape.points.map(at).join(' '), ...painted(shape, theme) })

const circleElement = (shape: Circle, theme: Theme): SvgElement =>
  element('circle', {
    cx: exact(shape.center.x),
    cy: exact(shape.center.y),
    r: exact(shape.radius),
    ...painted(shape, theme),
  })

const textElement = ({ x, y, text, size, paint, isBold, anchor }: Text, theme: Theme): SvgElement =>
  element(
    'text',
    {
      x: exact(x),
      y: exact(y),
      fontSize: exact(size),
      fill: paintColor(paint, theme),
      ...(isBold && { fontWeight: 700 }),
      ...(anchor && anchor !== 'start' && { textAnchor: anchor }),
    },
    [text],
  )

const groupElement = ({ x, y, shapes }: Group, theme: Theme): SvgElement =>
  element(
    'g',
    { transform: `translate(${at({ x, y })})` },
    shapes.flatMap((shape) => shapeElements(shape, theme)),
  )

function shapeElements(shape: Shape, theme: Theme): SvgElement[] {
  switch (shape.kind) {
    case 'rect':
      return rectElements(shape, theme)
    case 'line':
      return [lineElement(shape, theme)]
    case 'polyline':
      return [polylineElement(shape, theme)]
    case 'circle':
      return [circleElement(shape, theme)]
    case 'text':
      return [textElement(shape, theme)]
    case 'group':
      return [groupElement(shape, theme)]
  }
}

const sceneElements = ({ shapes }: Scene, theme: Theme): SvgElement[] =>
  shapes.flatMap((shape) => shapeElements(shape, theme))

/** The drawing of a chart as one image whose name is its title and whose description is its summary. */
export function svgTree(
  { title, summary, warning, scene }: Chart,
  theme: Theme = 'css',
): SvgElement {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${exact(scene.width)} ${exact(scene.height)}`,
    width: exact(scene.width),
    height: exact(scene.height),
    role: 'img',
    'aria-label': title,
    fontFamily: 'system-ui, sans-serif',
  }
  return element('svg', attributes, [
    element('desc', {}, [warning === undefined ? summary : `${summary} ${warning}`]),
    ...(theme === 'css' ? [] : [ground(scene, theme)]),
    ...sceneElements(scene, theme),
  ])
}

/** A drawing that stands alone brings its paper; on a page the page is the paper. */
const ground = ({ width, height }: Scene, theme: Theme): SvgElement =>
  element('rect', {
    x: 0,
    y: 0,
    width: exact(width),
    height: exact(height),
    fill: paintColor('card', theme),
  })

const svgNames: Readonly<Record<string, string>> = {
  fillOpacity: 'fill-opacity',
  fontFamily: 'font-family',
  fontSize: 'font-size',
  fontWeight: 'font-weight',
  strokeDasharray: 'stroke-dasharray',
  strokeWidth: 'stroke-width',
  textAnchor: 'text-anchor',
}

/** The text of an SVG element; text and attributes are escaped. */
export function svgText({ tag, attributes, children }: SvgElement): string {
  const listed = Object.entries(attributes).map(
    ([name, value]) => ` ${svgNames[name] ?? name}="${xmlText(String(value))}"`,
  )
  const inner = children.map((child) =>
    typeof child === 'string' ? xmlText(child) : svgText(child),
  )
  const opening = `<${tag}${listed.join('')}`
  return inner.length === 0 ? `${opening}/>` : `${opening}>${inner.join('')}</${tag}>`
}
