/** Where two values that should be the same differ, for whoever reads why a simulation failed. */

const print = (value: unknown): string => JSON.stringify(value) ?? 'nothing'
const isTree = (value: unknown): value is object => typeof value === 'object' && value !== null
const shown = 200

/** The first place at which two values differ, and what stands there; `undefined` when they print the same. */
export function findDifference(actual: unknown, wanted: unknown, path = ''): string | undefined {
  if (print(actual) === print(wanted)) return undefined
  if (isTree(actual) && isTree(wanted) && Array.isArray(actual) === Array.isArray(wanted)) {
    const [here, there] = [new Map(Object.entries(actual)), new Map(Object.entries(wanted))]
    for (const key of new Set([...here.keys(), ...there.keys()])) {
      const found = findDifference(here.get(key), there.get(key), `${path}/${key}`)
      if (found) return found
    }
  }
  return `at ${path || '/'} ${print(actual).slice(0, shown)}, not ${print(wanted).slice(0, shown)}`
}
