/** The ways in and out of her diary. */
import { useText } from '../../strings/language.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { Link } from '../../use-route.tsx'

export function DataSection() {
  const { settings, backups, importing, exporting } = useText()
  return (
    <Section title={settings.dataTitle}>
      <div className="row">
        <Link to={{ name: 'import' }} className="button">
          <Icon name="import" />
          {importing.title}
        </Link>
        <Link to={{ name: 'export' }} className="button">
          <Icon name="export" />
          {exporting.title}
        </Link>
        <Link to={{ name: 'backup' }} className="button">
          <Icon name="file" />
          {backups.title}
        </Link>
        <Link to={{ name: 'restore' }} className="button">
          <Icon name="file" />
          {backups.restoreTitle}
        </Link>
      </div>
    </Section>
  )
}
