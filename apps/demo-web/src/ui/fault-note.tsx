/** What went wrong, in her language and without codes. */
import { useText } from '../strings/language.tsx'
import type { Strings } from '../strings/en.ts'
import type { Fault } from '../worker/fault.ts'
import { Icon } from './icon.tsx'

/** Words for a problem's code, else for what can be done about it. */
export function faultText({ code, remedy }: Fault, text: Strings): string {
  const known: Partial<Record<string, string>> = { ...text.problems, ...text.lock.problems }
  return known[code] ?? text.remedies[remedy]
}

export function FaultNote({ fault }: { fault: Fault | undefined }) {
  const text = useText()
  return (
    <div role="alert">
      {fault && (
        <p className="note note-bad">
          <Icon name="warning" />
          <span>{faultText(fault, text)}</span>
        </p>
      )}
    </div>
  )
}
