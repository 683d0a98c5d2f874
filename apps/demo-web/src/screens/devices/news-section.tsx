/** Who has been added since she last looked here: a partner with the unlocked phone is seen (W19). */
import type { NewMember } from '@selene/client-sdk'
import { useState } from 'react'
import { useAction, useCalls, useValue } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { Link } from '../../use-route.tsx'
import { memberName, useMemberName } from './member-name.ts'
import { RemoveMember } from './remove-member.tsx'

export function NewsSection() {
  const text = useText()
  const { app, devices } = text
  const calls = useCalls()
  const { run, busy, fault } = useAction()
  const nameOf = useMemberName()
  const vault = useValue('vault')
  const [removing, setRemoving] = useState<NewMember>()
  if (!vault || vault.news.length === 0) return null
  const isRemoved = ({ id }: NewMember): boolean =>
    vault.members.some((member) => member.id === id && member.removed)
  return (
    <Section title={devices.newsTitle} tone="alarm">
      <ul className="people people-list entries">
        {vault.news.map((member) => (
          <li key={member.id}>
            <Icon name="devices" />
            <span className="grow">
              <strong>
                {devices.news[member.kind](memberName(member, text), nameOf(member.by))}
              </strong>
              {isRemoved(member) && <small>{devices.removed}</small>}
            </span>
            {member.kind === 'device' && !isRemoved(member) && (
              <button
                type="button"
                className="button"
                aria-label={devices.removeLabel(memberName(member, text))}
                onClick={() => setRemoving(member)}
              >
                {app.remove}
              </button>
            )}
          </li>
        ))}
      </ul>
      <p>{devices.newsNo}</p>
      <div className="row">
        <button
          type="button"
          className="button button-main"
          disabled={busy}
          onClick={() => void run(() => calls.looked())}
        >
          {devices.newsYes}
        </button>
        <Link to={{ name: 'way-back' }} className="button">
          {devices.newsReplace}
        </Link>
      </div>
      <FaultNote fault={fault} />
      <RemoveMember member={removing} close={() => setRemoving(undefined)} />
    </Section>
  )
}
