/** What could not be opened. It is kept, and can be given up where that is possible. */
import type { Quarantined } from '@selene/client-sdk'
import { useState } from 'react'
import { useAction, useCalls, useValue } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { FaultNote, faultText } from '../../ui/fault-note.tsx'
import { RemoveDialog } from '../../ui/remove-dialog.tsx'
import { useMemberName } from './member-name.ts'

const keyOf = ({ kind, docId, deviceId, docSeq }: Quarantined): string =>
  [kind, docId, deviceId, docSeq].join('/')

/** What could not be opened, with whose it is and why. */
export function QuarantinedList() {
  const text = useText()
  const { devices } = text
  const calls = useCalls()
  const { run, busy, fault } = useAction()
  const nameOf = useMemberName()
  const quarantined = useValue('quarantined') ?? []
  const [asked, setAsked] = useState<Quarantined>()

  function giveUp({ docId, deviceId, docSeq }: Quarantined): void {
    void run(() => calls.giveUp({ docId, deviceId, docSeq }))
  }

  return (
    <>
      <ul className="people people-list">
        {quarantined.map((one) => (
          <li key={keyOf(one)}>
            <span className="grow">
              {devices.apart(
                nameOf(one.deviceId),
                faultText({ code: one.code, title: '', remedy: 'give-up' }, text),
              )}
            </span>
            {one.givable && (
              <button
                type="button"
                className="button"
                disabled={busy}
                aria-label={devices.giveUpLabel(nameOf(one.deviceId))}
                onClick={() => setAsked(one)}
              >
                {devices.giveUp}
              </button>
            )}
          </li>
        ))}
      </ul>
      <FaultNote fault={fault} />
      <RemoveDialog
        what={asked}
        title={() => devices.giveUpTitle}
        text={devices.giveUpText}
        label={devices.giveUp}
        remove={giveUp}
        close={() => setAsked(undefined)}
      />
    </>
  )
}
