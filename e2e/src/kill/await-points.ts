/**
 * Makes every `await` of chosen modules a place where a simulated process can be killed. Modules are
 * rewritten while Node loads them: `await x` becomes `await reach("file:line:column", x)`.
 */
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { MagicString } from 'magic-string'
import { parseSync, Visitor } from 'oxc-parser'

/** Called at an await with what is awaited, already begun. */
export type Reach = <T>(point: string, awaited: T) => Promise<Awaited<T>>

const reachName = 'seleneReach'

export interface Instrumented {
  readonly code: string
  readonly points: readonly string[]
}

const lineAndColumn = (source: string, offset: number): string => {
  const before = source.slice(0, offset).split('\n')
  return `${before.length}:${before.at(-1)!.length + 1}`
}

/** Rewrites the awaits of a TypeScript module. @throws Error when it does not parse. */
export function instrument(source: string, name: string): Instrumented {
  const parsed = parseSync(name, source, { lang: 'ts', sourceType: 'module' })
  if (parsed.errors.length > 0) throw new Error(`${name}: ${parsed.errors[0]!.message}`)
  const code = new MagicString(source)
  const points: string[] = []
  const visitor = new Visitor({
    AwaitExpression(node) {
      const point = `${name}:${lineAndColumn(source, node.start)}`
      points.push(point)
      const { start, end } = node.argument
      code.appendRight(start, `globalThis.${reachName}(${JSON.stringify(point)}, `)
      code.appendLeft(end, ')')
    },
    ForOfStatement(node) {
      if (node.await) throw new Error(`${name}: an iteration that awaits cannot be instrumented`)
    },
  })
  visitor.visit(parsed.program)
  return { code: code.toString(), points }
}

/**
 * Instruments every module under `folders` that is loaded from now on, and calls `reach` at their awaits.
 * Returns the points found so far, which grow as modules load.
 */
export function instrumentModules(folders: readonly URL[], reach: Reach): ReadonlySet<string> {
  const found = new Set<string>()
  Object.assign(globalThis, { [reachName]: reach })
  registerHooks({
    load(url, context, nextLoad) {
      const folder = folders.find(({ href }) => url.startsWith(href))
      if (!folder || !url.endsWith('.ts')) return nextLoad(url, context)
      const name = url.slice(new URL('../../../', import.meta.url).href.length)
      const { code, points } = instrument(readFileSync(fileURLToPath(url), 'utf8'), name)
      for (const point of points) found.add(point)
      return { format: 'module-typescript', source: code, shortCircuit: true }
    },
  })
  return found
}
