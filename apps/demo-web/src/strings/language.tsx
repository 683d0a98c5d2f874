/** The language of the app: the browser's unless she chose another, kept on this device. */
import {
  createContext,
  use,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
  type ReactNode,
} from 'react'
import { de } from './de.ts'
import { en, type Strings } from './en.ts'

export const languages = { en: 'English', de: 'Deutsch' } as const
export type LanguageCode = keyof typeof languages

const strings: Record<LanguageCode, Strings> = { en, de }
const storageKey = 'notes.language'

export const isLanguage = (code: unknown): code is LanguageCode =>
  typeof code === 'string' && Object.hasOwn(languages, code)

function firstLanguage(): LanguageCode {
  const chosen = localStorage.getItem(storageKey)
  if (isLanguage(chosen)) return chosen
  const known = navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage)
  return known ?? 'en'
}

/** The texts as they are when the page is opened, for what is started before it is drawn. */
export const textAtStart = (): Strings => strings[firstLanguage()]

/** The browser's own variant of a language, for dates and numbers. */
const localeOf = (code: LanguageCode): string =>
  navigator.languages.find((tag) => tag.startsWith(code)) ?? code

interface Language {
  readonly code: LanguageCode
  /** BCP 47 tag for dates and numbers. */
  readonly locale: string
  readonly text: Strings
  choose(code: LanguageCode): void
}

const LanguageContext = createContext<Language | undefined>(undefined)

export function LanguageProvider(props: { children: ReactNode }) {
  const [code, setCode] = useState(firstLanguage)
  useLayoutEffect(() => {
    document.documentElement.lang = code
  }, [code])
  // Chosen in another tab.
  useEffect(() => {
    const changed = (event: StorageEvent): void => {
      if (event.key === storageKey) setCode(firstLanguage())
    }
    addEventListener('storage', changed)
    return () => removeEventListener('storage', changed)
  }, [])
  const language = useMemo(
    () => ({
      code,
      locale: localeOf(code),
      text: strings[code],
      choose(next: LanguageCode) {
        localStorage.setItem(storageKey, next)
        setCode(next)
      },
    }),
    [code],
  )
  return <LanguageContext value={language}>{props.children}</LanguageContext>
}

export function useLanguage(): Language {
  const language = use(LanguageContext)
  if (!language) throw new TypeError('no language above this component')
  return language
}

/** All texts in her language. */
export const useText = (): Strings => useLanguage().text
