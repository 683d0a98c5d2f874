/** Removes a device, after saying what that means and asking for a secret of hers. */
import type { NewMember } from '@selene/client-sdk'
import { useState } from 'react'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { ProofFields } from '../../lock/proof-fields.tsx'
import { useProof } from '../../lock/use-proof.ts'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EntryForm } from '../../ui/entry-form.tsx'
import { memberName } from './member-name.ts'

type Named = Pick<NewMember, 'id' | 'kind' | 'label'>

function RemoveForm({ member, close }: { member: Named; close(): void }) {
  const text = useText()
  const { app, devices } = text
  const calls = useCalls()
  const { run, busy, fault } = useAction()
  const announcer = useAnnouncer()
  const proof = useProof()
  const [tried, setTried] = useState(false)

  async function remove(): Promise<void> {
    await calls.removeMember(proof.secret, member.id)
    announcer.polite(devices.removedNow(memberName(member, text)))
    close()
  }

  return (
    <EntryForm
      busy={busy}
      fault={fault}
      submit={app.remove}
      tone="alarm"
      save={() => {
        setTried(true)
        if (!proof.isLacking) void run(remove)
        return !proof.isLacking
      }}
      cancel={close}
    >
      <p>{devices.removeText}</p>
      <ProofFields legend={devices.proof} proof={proof} tried={tried} />
      <p role="status">
        {busy && (
          <span className="with-icon">
            <i className="spinner" aria-hidden="true" />
            {text.wayBack.working}
          </span>
        )}
      </p>
    </EntryForm>
  )
}

/** @param member Who is to be removed; absent while nobody is. */
export function RemoveMember({ member, close }: { member: Named | undefined; close(): void }) {
  const text = useText()
  return (
    <Dialog
      open={member !== undefined}
      title={member ? text.devices.removeTitle(memberName(member, text)) : ''}
      close={close}
    >
      {member && <RemoveForm member={member} close={close} />}
    </Dialog>
  )
}
