/**
 * How hard a passphrase is to guess, as zxcvbn estimates it with words of English and German, names and passwords
 * that are known. Its dictionaries, about 1 MB, are loaded when somebody first chooses a passphrase.
 */

export interface Strength {
  /** Binary logarithm of the guesses that it takes about. */
  readonly bits: number
  readonly isEnough: boolean
  /** What is weak about it, as zxcvbn names it ("simpleRepeat", "topHundred", …); nothing of the passphrase. */
  readonly warning?: string
}

/** What whoever has the store's file must be made to guess, one Argon2id each. */
export const leastStrengthBits = 60

type Estimate = (text: string) => { guessesLog10: number; feedback: { warning: string | null } }

async function loadEstimate(): Promise<Estimate> {
  const [{ ZxcvbnFactory }, common, english, german] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
    import('@zxcvbn-ts/language-de'),
  ])
  const germanWords = Object.entries(german.dictionary).map(([name, words]) => [
    `${name}-de`,
    words,
  ])
  const estimator = new ZxcvbnFactory({
    graphs: common.adjacencyGraphs,
    dictionary: {
      ...common.dictionary,
      ...english.dictionary,
      ...Object.fromEntries(germanWords),
    },
  })
  return (text) => estimator.check(text)
}

let loading: Promise<Estimate> | undefined

/** Loaded once; what failed is tried again the next time. */
async function estimateOnce(): Promise<Estimate> {
  loading ??= loadEstimate()
  try {
    return await loading
  } catch (error) {
    loading = undefined
    throw error
  }
}

/** Longer ones are judged by their beginning: estimating takes quadratic time. */
const mostCharacters = 256
/** What stands between words is easily guessed. */
const betweenWords = /[\s\-_.,]+/g

/** Estimates a passphrase as it will be used, after NFKC. */
export async function passphraseStrength(passphrase: string): Promise<Strength> {
  const estimate = await estimateOnce()
  const text = passphrase.normalize('NFKC').slice(0, mostCharacters)
  const found = [text, text.replaceAll(betweenWords, '')].map(estimate)
  const bits = Math.min(...found.map(({ guessesLog10 }) => guessesLog10 * Math.log2(10)))
  const warning = found.map(({ feedback }) => feedback.warning).find((said) => said !== null)
  return { bits, isEnough: bits >= leastStrengthBits, ...(warning !== undefined && { warning }) }
}
