/** The typefaces of a report: files of the app's own, fetched when the first report is made. */
import cyrillicBold from '@fontsource/noto-sans/files/noto-sans-cyrillic-700-normal.woff?url'
import cyrillic from '@fontsource/noto-sans/files/noto-sans-cyrillic-400-normal.woff?url'
import greekBold from '@fontsource/noto-sans/files/noto-sans-greek-700-normal.woff?url'
import greek from '@fontsource/noto-sans/files/noto-sans-greek-400-normal.woff?url'
import latinBold from '@fontsource/noto-sans/files/noto-sans-latin-700-normal.woff?url'
import latin from '@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff?url'
import latinExtBold from '@fontsource/noto-sans/files/noto-sans-latin-ext-700-normal.woff?url'
import latinExt from '@fontsource/noto-sans/files/noto-sans-latin-ext-400-normal.woff?url'
import type { ReportFonts } from '@selene/client-sdk/report'

const files = {
  regular: [latin, latinExt, cyrillic, greek],
  bold: [latinBold, latinExtBold, cyrillicBold, greekBold],
} as const

async function bytesOf(address: string): Promise<Uint8Array> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error('a font of the app is not there')
  return new Uint8Array(await answer.arrayBuffer())
}

/** Fetches the fonts; throws what `fetch` throws when they are neither kept nor to be had. */
export async function loadFonts(): Promise<ReportFonts> {
  const [regular, bold] = await Promise.all([
    Promise.all(files.regular.map(bytesOf)),
    Promise.all(files.bold.map(bytesOf)),
  ])
  return { regular, bold }
}
