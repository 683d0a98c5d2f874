/** Her own words as chips: those of the day, those used lately, and an input for another one. */
import { faultOf, fields, tagsOf } from '@selene/client-sdk/calendar'
import { useState, type FocusEvent } from 'react'
import { useValue } from '../../backend/use-backend.tsx'
import type { WordsField } from '../../strings/keys.ts'
import { useText } from '../../strings/language.tsx'
import { FlagChips } from '../../ui/chips.tsx'
import { Field } from '../../ui/field.tsx'
import { useDayEdit } from './day-edit.tsx'
import { one } from './inputs.tsx'
import { recentFrom, recentWords } from './recent-words.ts'

/** Whether the focus stays among the words: then what is typed is not finished yet. */
const staysWithin = ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>): boolean =>
  relatedTarget instanceof Node && currentTarget.closest('.words')?.contains(relatedTarget) === true

export function WordsInput({ field }: { field: WordsField }) {
  const { words: names, day } = useText()
  const { date, values, change } = useDayEdit()
  const { label, add, addLabel } = names[field]
  const { maxCount, maxLength } = fields[field]
  const days = useValue('range', recentFrom(date), date) ?? []
  const words = values[field] ?? []
  const [typed, setTyped] = useState('')
  /** Words that were here since the day was opened: one that is taken away can be put back. */
  const [seen, setSeen] = useState<readonly string[]>([])
  const recent = recentWords(days, field, date)
  const options = [...recent, ...tagsOf([...seen, ...words]).filter((one) => !recent.includes(one))]

  function set(next: readonly string[]): void {
    setSeen(tagsOf([...seen, ...words, ...next]))
    change(one(field, next.length > 0 ? tagsOf(next) : null))
  }

  const word = typed.trim()
  const isFull = words.length >= maxCount && !words.includes(word)
  const isWord = word === '' || faultOf(field, [word]) === undefined
  const fault = isWord
    ? word !== '' && isFull
      ? day.wordsFault(maxCount)
      : undefined
    : day.wordFault(maxLength)

  function addTyped(): void {
    if (word === '' || fault !== undefined) return
    if (!words.includes(word)) set([...words, word])
    setTyped('')
  }

  return (
    <div className="words">
      <FlagChips
        legend={label}
        options={options.map((word) => ({ value: word, label: word }))}
        isOn={(word) => words.includes(word)}
        set={(word, on) => set(on ? [...words, word] : words.filter((one) => one !== word))}
      />
      <div className="row word-adder">
        <Field
          label={add}
          fault={fault}
          autoComplete="off"
          enterKeyHint="done"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={(event) => {
            if (!staysWithin(event)) addTyped()
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') addTyped()
          }}
        />
        <button type="button" className="button" aria-label={addLabel} onClick={addTyped}>
          {day.addWord}
        </button>
      </div>
    </div>
  )
}
