/** How hard a passphrase is to guess, said while she types it; the dictionaries are loaded with the first letter. */
import type { Strength } from '@selene/client-sdk'
import { useEffect, useState } from 'react'
import { useBackend } from '../backend/use-backend.tsx'
import { useText } from '../strings/language.tsx'

/** What is asked for, and what is one word short of it. */
const bits = { enough: 60, nearly: 45 }
/** Estimating waits for a rest in typing. */
const restMilliseconds = 200

const levelOf = ({ isEnough, bits: found }: Strength): 'weak' | 'nearly' | 'enough' => {
  if (isEnough) return 'enough'
  return found >= bits.nearly ? 'nearly' : 'weak'
}

export function StrengthLine({ passphrase }: { passphrase: string }) {
  const { lock } = useText()
  const { strength } = useBackend()
  const [found, setFound] = useState<Strength>()
  useEffect(() => {
    if (passphrase === '') return setFound(undefined)
    let isOutdated = false
    async function estimate(): Promise<void> {
      try {
        const next = await strength(passphrase)
        if (!isOutdated) setFound(next)
      } catch {
        // Without the dictionaries it is found out when the passphrase is stored.
      }
    }
    const timer = setTimeout(() => {
      void estimate()
    }, restMilliseconds)
    return () => {
      isOutdated = true
      clearTimeout(timer)
    }
  }, [passphrase, strength])
  const level = found && passphrase !== '' ? levelOf(found) : undefined
  return (
    <div className="strength" data-level={level ?? 'none'}>
      <meter
        aria-label={lock.strength}
        min={0}
        max={bits.enough}
        value={level === undefined ? 0 : Math.min(bits.enough, found!.bits)}
      />
      <span role="status">{level !== undefined && lock.strengths[level]}</span>
    </div>
  )
}
