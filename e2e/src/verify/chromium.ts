/** The Chromium that drives the browser tests: one that is named, else one that is installed. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Path of `SELENE_CHROMIUM`, or of the first known name on `PATH`; `undefined` without either. */
export function findChromium(environment: NodeJS.ProcessEnv): string | undefined {
  const { SELENE_CHROMIUM: named, PATH = '' } = environment
  const candidates = named
    ? [named]
    : PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  return candidates.find(isProgram)
}

export const withoutChromium =
  'no Chromium is installed here; install one (Debian: apt-get install chromium) or name it in SELENE_CHROMIUM'
