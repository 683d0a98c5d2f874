/**
 * How a device whose vault has ended is used again: what is here is erased, and it comes back as a new device, by
 * linking, by passphrase or words, or from a backup. A removed device's own keys count for nothing any more (W14).
 */
import type { Ending } from '@selene/client-sdk'
import { useState } from 'react'
import { useText } from '../../strings/language.tsx'
import { ChoiceChips } from '../../ui/chips.tsx'
import { Section } from '../../ui/section.tsx'
import { Link, useRouting } from '../../use-route.tsx'
import { placeOf, type Beginning } from '../lock/beginning.ts'
import { EraseButton } from '../lock/erase-button.tsx'

const waysOf: Readonly<Record<Ending, readonly Beginning[]>> = {
  removed: ['link', 'recover', 'anew'],
  erased: ['restore', 'anew'],
}

export function BeginAgain({ ending }: { ending: Ending }) {
  const { wayBack } = useText()
  const { go } = useRouting()
  const ways = waysOf[ending]
  const [way, setWay] = useState<Beginning>(ways[0]!)
  return (
    <Section title={wayBack.againTitle} lead={wayBack.again[ending]}>
      <p>{wayBack.againBackup[ending]}</p>
      <Link to={{ name: 'backup' }} className="button">
        {wayBack.againMake}
      </Link>
      <ChoiceChips
        legend={wayBack.againHow}
        options={ways.map((value) => ({ value, label: wayBack.begins[value] }))}
        value={way}
        choose={(next) => setWay(next)}
      />
      <EraseButton label={wayBack.againErase} erased={() => go(placeOf(way) ?? { name: 'day' })} />
    </Section>
  )
}
