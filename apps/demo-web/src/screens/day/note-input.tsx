import { faultOf, fields } from '@selene/client-sdk/calendar'
import { useId } from 'react'
import { useText } from '../../strings/language.tsx'
import { useDraft } from '../../ui/draft.ts'
import { Description } from '../../ui/field.tsx'
import { useDayEdit } from './day-edit.tsx'

/** No note, or one that the day can hold. */
const fits = (text: string): boolean => text === '' || faultOf('note.value', text) === undefined

/** Her own note of the day, and that of an imported file, which can only be removed. */
export function NoteInput() {
  const { day } = useText()
  const { values, importedNote, change } = useDayEdit()
  const id = useId()
  const draft = useDraft({
    stored: values['note.value'] ?? '',
    save(text) {
      if (fits(text)) change({ 'note.value': text === '' ? null : text })
    },
  })
  const fault = fits(draft.text) ? undefined : day.textFault(fields['note.value'].maxLength)
  return (
    <div className="field">
      <label htmlFor={id} className="unseen">
        {day.note}
      </label>
      <textarea
        id={id}
        rows={3}
        value={draft.text}
        aria-describedby={`${id}-d`}
        aria-invalid={fault !== undefined}
        onChange={(event) => draft.type(event.target.value)}
        onBlur={draft.leave}
      />
      <Description id={`${id}-d`} hint={day.noteHint} fault={fault} />
      {importedNote !== undefined && (
        <figure className="imported-note">
          <figcaption>{day.importedNote}</figcaption>
          <blockquote>{importedNote}</blockquote>
          <button type="button" className="button" onClick={() => change({ importedNote: null })}>
            {day.removeImportedNote}
          </button>
        </figure>
      )}
    </div>
  )
}
