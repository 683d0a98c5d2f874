/** Who can open the diary: devices, the passphrase, the recovery phrase; since when, and how to remove one. */
import type { KnownMember } from '@selene/client-sdk'
import { useState } from 'react'
import { useValue } from '../../backend/use-backend.tsx'
import { useNow } from '../../calendar/today.ts'
import { useLanguage, useText } from '../../strings/language.tsx'
import { momentText } from '../../strings/moment.ts'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { memberName } from './member-name.ts'
import { RemoveMember } from './remove-member.tsx'

interface MemberLineProps {
  readonly member: KnownMember
  readonly isOwn: boolean
  /** Absent where it cannot be removed. */
  readonly remove?: () => void
}

function MemberLine({ member, isOwn, remove }: MemberLineProps) {
  const { text, locale } = useLanguage()
  const { app, devices } = text
  const now = useNow()
  const { kind, since } = member
  const name = memberName(member, text)
  return (
    <li>
      <Icon name={kind === 'device' ? 'devices' : 'check'} />
      <span className="grow">
        <strong>{name}</strong>
        {isOwn && <span className="badge">{devices.thisDevice}</span>}
        <small>
          {kind === 'device' && name !== devices.kinds.device && `${devices.kinds.device}. `}
          {since === undefined ? devices.before : devices.since(momentText(since, locale, now))}
        </small>
      </span>
      {remove && (
        <button
          type="button"
          className="button"
          aria-label={devices.removeLabel(name)}
          onClick={remove}
        >
          {app.remove}
        </button>
      )}
    </li>
  )
}

/** So many hexadecimal digits are compared; more say nothing more to a person. */
const shownDigits = 32

function Fingerprint({ value }: { value: string }) {
  const { devices } = useText()
  const groups = value.slice(0, shownDigits).match(/.{4}/g) ?? []
  return (
    <div className="field">
      <h3>{devices.fingerprint}</h3>
      <p className="fingerprint">{groups.join(' ')}</p>
      <p className="hint">{devices.fingerprintHint}</p>
    </div>
  )
}

export function MemberList() {
  const { devices } = useText()
  const vault = useValue('vault')
  const account = useValue('account')
  const [removing, setRemoving] = useState<KnownMember>()
  if (!vault) return null
  const own: string | undefined = account?.deviceId
  const present = vault.members.filter(({ removed }) => !removed)
  const gone = vault.members.filter(({ removed }) => removed)
  return (
    <Section title={devices.list}>
      <ul className="people people-list">
        {present.map((member) => (
          <MemberLine
            key={member.id}
            member={member}
            isOwn={member.id === own}
            {...(member.kind === 'device' &&
              member.id !== own &&
              !vault.ending && { remove: () => setRemoving(member) })}
          />
        ))}
      </ul>
      {gone.length > 0 && (
        <details className="help">
          <summary>{devices.removedList}</summary>
          <ul className="people people-list">
            {gone.map((member) => (
              <MemberLine key={member.id} member={member} isOwn={member.id === own} />
            ))}
          </ul>
        </details>
      )}
      <Fingerprint value={vault.fingerprint} />
      <RemoveMember member={removing} close={() => setRemoving(undefined)} />
    </Section>
  )
}
