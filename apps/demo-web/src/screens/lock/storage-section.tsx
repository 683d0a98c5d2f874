/** The diary as a file: how large it is, whether all of it is sound, and what may happen to it. */
import { useState } from 'react'
import { useAction, useCalls, useValue } from '../../backend/use-backend.tsx'
import { askToKeepStorage, useStorageKept } from '../../shell/storage.ts'
import { useLanguage } from '../../strings/language.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'

const byteUnits = ['kilobyte', 'megabyte', 'gigabyte'] as const
const thousand = 1_000

/** Bytes in the largest unit of which there is one, as she reads numbers. */
function sizeText(bytes: number, locale: string): string {
  const power = Math.min(
    byteUnits.length,
    Math.max(1, Math.floor(Math.log10(Math.max(1, bytes)) / 3)),
  )
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: byteUnits[power - 1]!,
    maximumSignificantDigits: 2,
  }).format(bytes / thousand ** power)
}

function KeepNote() {
  const { lock } = useLanguage().text
  const [refused, setRefused] = useState(false)
  return (
    <>
      <p className="with-icon">
        <Icon name="warning" />
        <span>{lock.warnings['may-vanish']}</span>
      </p>
      <button
        type="button"
        className="button"
        onClick={() => {
          void askToKeepStorage().then((kept) => setRefused(!kept))
        }}
      >
        {lock.keep}
      </button>
      <p role="status">{refused && lock.notKept}</p>
    </>
  )
}

export function StorageSection() {
  const { text, locale } = useLanguage()
  const { lock } = text
  const calls = useCalls()
  const { run, busy, fault } = useAction()
  const safe = useValue('safe')
  const isKept = useStorageKept()
  const [damaged, setDamaged] = useState<number>()

  const check = (): void =>
    void run(async () => {
      setDamaged(undefined)
      const { regions, files } = await calls.checkStore()
      setDamaged(regions.length + files.length)
    })

  return (
    <Section title={lock.storageTitle}>
      {safe && (
        <p>
          {safe.quotaBytes === undefined
            ? lock.size(sizeText(safe.bytes, locale))
            : lock.sizeOf(sizeText(safe.bytes, locale), sizeText(safe.quotaBytes, locale))}
        </p>
      )}
      {safe?.warnings.includes('nearly-full') && (
        <p className="note note-bad">
          <Icon name="warning" />
          <span>{lock.warnings['nearly-full']}</span>
        </p>
      )}
      {isKept === false && <KeepNote />}
      <button type="button" className="button" disabled={busy} onClick={check}>
        {lock.check}
      </button>
      <p role="status">
        {busy && lock.checking}
        {damaged !== undefined && (damaged === 0 ? lock.sound : lock.unsound(damaged))}
      </p>
      <FaultNote fault={fault} />
    </Section>
  )
}
