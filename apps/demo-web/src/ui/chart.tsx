/**
 * A chart of the SDK on the page: the drawing as wide as there is room, what it shows in words, and all
 * its numbers as a table behind a fold. Text in it grows with hers; what then lacks room can be scrolled.
 */
import type { Chart, ChartOptions, SvgElement } from '@selene/client-sdk/charts'
import { englishCharts, germanCharts, svgTree } from '@selene/client-sdk/charts'
import {
  createElement,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactElement,
  type RefObject,
} from 'react'
import { useLanguage, type LanguageCode } from '../strings/language.tsx'
import { Fold } from './fold.tsx'

const wordsOf = { en: englishCharts, de: germanCharts } satisfies Record<
  LanguageCode,
  ChartOptions['words']
>

const usualTextPixels = 16
/** Narrower drawings could not be read. */
const leastWidth = 280
const mostWidth = 720

/** The drawing as an element, larger by the scale. */
function drawingOf(chart: Chart, scale: number): SvgElement {
  const tree = svgTree(chart)
  const { width, height } = chart.scene
  return {
    ...tree,
    attributes: { ...tree.attributes, width: width * scale, height: height * scale },
  }
}

/** Elements of React for it; nothing in it is raw text of the document. */
function toReact({ tag, attributes, children }: SvgElement, key: number): ReactElement {
  return createElement(
    tag,
    { key, ...attributes },
    ...children.map((child, i) => (typeof child === 'string' ? child : toReact(child, i))),
  )
}

interface Room {
  /** CSS pixels; 0 until it is known. */
  readonly width: number
  /** How much larger than usual her text is. */
  readonly scale: number
}

/** The room that an element has, followed as it changes. */
function useRoom(element: RefObject<HTMLElement | null>): Room {
  const [room, setRoom] = useState<Room>({ width: 0, scale: 1 })
  useEffect(() => {
    if (!element.current) return
    const observer = new ResizeObserver(([entry]) => {
      const textPixels = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
      const width = Math.floor(entry?.contentRect.width ?? 0)
      setRoom({ width, scale: Math.max(1, textPixels / usualTextPixels) })
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return room
}

interface ChartFigureProps {
  /** Draws it; the same function as long as it would draw the same. */
  readonly draw: (options: ChartOptions) => Chart
  /** What the fold with its table is called. */
  readonly tableTitle: string
}

export function ChartFigure({ draw, tableTitle }: ChartFigureProps) {
  const { code } = useLanguage()
  const figure = useRef<HTMLElement>(null)
  const { width, scale } = useRoom(figure)
  const drawn = Math.min(mostWidth, Math.max(leastWidth, Math.floor(width / scale)))
  const chart = useMemo(
    () => (width > 0 ? draw({ words: wordsOf[code], width: drawn }) : undefined),
    [draw, code, width, drawn],
  )
  const svg = useMemo(() => chart && toReact(drawingOf(chart, scale), 0), [chart, scale])
  const isWider = drawn * scale > width + 1
  return (
    <figure ref={figure} className="chart">
      {chart && (
        <>
          <div
            className="chart-drawing"
            {...(isWider && { role: 'group', tabIndex: 0, 'aria-label': chart.title })}
          >
            {svg}
          </div>
          <figcaption className="small">{chart.summary}</figcaption>
          <Fold title={tableTitle} holds={undefined}>
            <ChartTables chart={chart} />
          </Fold>
        </>
      )}
    </figure>
  )
}

function ChartTables({ chart }: { chart: Chart }) {
  return chart.tables.map(({ caption, columns, rows }) => (
    <div key={caption} className="chart-table" role="group" tabIndex={0} aria-label={caption}>
      <table>
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([head, ...cells], row) => (
            <tr key={row}>
              <th scope="row">{head}</th>
              {cells.map((cell, i) => (
                <td key={i}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  ))
}
