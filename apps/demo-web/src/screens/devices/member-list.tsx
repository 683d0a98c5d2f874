import { useValue } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'

/** Who can open the diary: devices, the passphrase, the recovery phrase. */
export function MemberList() {
  const { devices } = useText()
  const vault = useValue('vault')
  const account = useValue('account')
  if (!vault) return null
  const own: string | undefined = account?.deviceId
  return (
    <Section title={devices.list}>
      <ul className="people">
        {vault.members.map(({ id, kind, label, removed }) => (
          <li key={id}>
            <Icon name={kind === 'device' ? 'devices' : 'check'} />
            <strong>{(kind === 'device' && label) || devices.kinds[kind]}</strong>
            {id === own && <span>{devices.thisDevice}</span>}
            {removed && <span>{devices.removed}</span>}
          </li>
        ))}
      </ul>
    </Section>
  )
}
