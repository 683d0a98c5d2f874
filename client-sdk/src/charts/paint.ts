/** Which colour a role has. Marks differ by shape and shade too, so that none is needed to read a chart. */
import type { Paint } from './scene.ts'

/** `css` follows the page's own custom properties (`--ink`, `--mark` …), light where it has none. */
export const themes = ['css', 'light', 'dark', 'print'] as const
export type Theme = (typeof themes)[number]

type Palette = Readonly<Record<Paint, string>>

const light: Palette = {
  card: '#ffffff',
  sunken: '#f1ecee',
  ink: '#24212b',
  soft: '#585263',
  line: '#e2dbe2',
  edge: '#8b8394',
  accent: '#5b3f8c',
  mark: '#a3203f',
  'on-mark': '#ffffff',
}

const dark: Palette = {
  card: '#211e27',
  sunken: '#2b2733',
  ink: '#f1eef5',
  soft: '#bdb6c9',
  line: '#383242',
  edge: '#857c93',
  accent: '#c9b4f3',
  mark: '#ff8fa6',
  'on-mark': '#211e27',
}

const print: Palette = {
  ...light,
  sunken: '#f0f0f0',
  ink: '#000000',
  soft: '#404040',
  line: '#d4d4d4',
  edge: '#757575',
  accent: '#4a2f7c',
  mark: '#8e1232',
}

/** The app has no variable for text on a mark; its card is light where marks are dark, and the reverse. */
const variable = (paint: Paint): string => (paint === 'on-mark' ? 'card' : paint)

/** The colour of a role in a theme: `#rrggbb`, or for `css` a `var()` with the light colour to fall back on. */
export function paintColor(paint: Paint, theme: Theme): string {
  switch (theme) {
    case 'css':
      return `var(--${variable(paint)}, ${light[paint]})`
    case 'light':
      return light[paint]
    case 'dark':
      return dark[paint]
    case 'print':
      return print[paint]
  }
}
