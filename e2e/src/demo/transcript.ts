/** The demo's output: steps with their times, facts, and claims that are checked and not just said. */
export interface Transcript {
  /** Runs a step; a step that throws fails the demo. */
  step<T>(title: string, work: (facts: Facts) => Promise<T>): Promise<T>
  /** How many claims held and failed, and how long everything took. */
  end(): { held: number; failed: number; unchecked: number }
}

export interface Facts {
  /** Says what was read back. */
  note(text: string): void
  /** Compares what is with what must be; both are shown when they differ. */
  claim(text: string, actual: unknown, expected: unknown): void
  /** Says that a claim could not be checked, and why. */
  unchecked(text: string, why: string): void
}

interface Line {
  readonly kind: 'note' | 'held' | 'failed' | 'unchecked'
  readonly text: string
  readonly detail?: string
}

const marks = { note: ' ', held: '✓', failed: '✗', unchecked: '?' } as const

const print = (value: unknown): string => JSON.stringify(value)

/** One JSON object per step on a line of its own, or a text for people. */
export function createTranscript(
  write: (text: string) => void,
  options: { json: boolean; now: () => number },
): Transcript {
  const started = options.now()
  const counts = { held: 0, failed: 0, unchecked: 0 }
  let number = 0

  function show(title: string, lines: readonly Line[], ms: number): void {
    if (options.json) {
      write(`${JSON.stringify({ step: number, title, ms: Math.round(ms), lines })}\n`)
      return
    }
    write(`\n${number}. ${title}  (${(ms / 1000).toFixed(2)} s)\n`)
    for (const { kind, text, detail } of lines)
      write(`   ${marks[kind]} ${text}${detail === undefined ? '' : `: ${detail}`}\n`)
  }

  function collect(lines: Line[]): Facts {
    return {
      note: (text) => void lines.push({ kind: 'note', text }),
      claim(text, actual, expected) {
        const holds = print(actual) === print(expected)
        counts[holds ? 'held' : 'failed'] += 1
        lines.push(
          holds
            ? { kind: 'held', text }
            : { kind: 'failed', text, detail: `${print(actual)}, not ${print(expected)}` },
        )
      },
      unchecked(text, why) {
        counts.unchecked += 1
        lines.push({ kind: 'unchecked', text, detail: why })
      },
    }
  }

  return {
    async step(title, work) {
      number += 1
      const lines: Line[] = []
      const began = options.now()
      try {
        return await work(collect(lines))
      } catch (error) {
        counts.failed += 1
        lines.push({ kind: 'failed', text: 'the step broke off', detail: String(error) })
        throw error
      } finally {
        show(title, lines, options.now() - began)
      }
    },
    end() {
      const ms = Math.round(options.now() - started)
      if (options.json) write(`${JSON.stringify({ end: true, ms, ...counts })}\n`)
      else {
        const unchecked = counts.unchecked > 0 ? `, ${counts.unchecked} not checked` : ''
        write(
          `\n${counts.held} claims held, ${counts.failed} failed${unchecked}, ${(ms / 1000).toFixed(1)} s\n`,
        )
      }
      return counts
    },
  }
}
