/** Measured positions while somebody needs them: the browser is asked only then, and only when allowed to. */
import type { Position } from '@selene/client-sdk'
import { useEffect, useState } from 'react'

export type Positioning =
  | { readonly state: 'off' | 'asking' | 'refused' }
  | { readonly state: 'known'; readonly position: Position }

const off: Positioning = { state: 'off' }

const readPosition = ({ coords, timestamp }: GeolocationPosition): Position => ({
  latitude: coords.latitude,
  longitude: coords.longitude,
  accuracyMetres: coords.accuracy,
  at: timestamp,
})

/** How closely to measure. */
export interface Measuring {
  /** By satellite where there is one; it takes more of the battery. */
  readonly exact: boolean
  /** A device that lies still tells nothing new by itself: it is asked again this often. */
  readonly everyMilliseconds: number
}

/** For an alert: as exact as can be, and never much older than a minute. */
export const forAlert: Measuring = { exact: true, everyMilliseconds: 45_000 }
/** For helping nearby, where only a cell of some 500 m counts. */
export const forCell: Measuring = { exact: false, everyMilliseconds: 120_000 }

const longestWaitMilliseconds = 20_000

/** The position now, once; `refused` when the browser may not give it, `undefined` without a fix in time. */
export function measureOnce({ exact }: Measuring): Promise<Position | 'refused' | undefined> {
  if (!('geolocation' in navigator)) return Promise.resolve('refused')
  const options = { enableHighAccuracy: exact, maximumAge: 0, timeout: longestWaitMilliseconds }
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      (fix) => resolve(readPosition(fix)),
      ({ code, PERMISSION_DENIED }) => resolve(code === PERMISSION_DENIED ? 'refused' : undefined),
      options,
    )
  })
}

/** Measures until the returned function is called. */
function measure(measuring: Measuring, tell: (positioning: Positioning) => void): () => void {
  // An older fix of the browser is not taken for a present one.
  const options = { enableHighAccuracy: measuring.exact, maximumAge: 0 }
  const fixed = (fix: GeolocationPosition): void =>
    tell({ state: 'known', position: readPosition(fix) })
  const failed = ({ code, PERMISSION_DENIED }: GeolocationPositionError): void => {
    // Where there is no fix yet the browser goes on looking.
    if (code === PERMISSION_DENIED) tell({ state: 'refused' })
  }
  const watch = navigator.geolocation.watchPosition(fixed, failed, options)
  const timer = setInterval(
    () => navigator.geolocation.getCurrentPosition(fixed, failed, options),
    measuring.everyMilliseconds,
  )
  return () => {
    navigator.geolocation.clearWatch(watch)
    clearInterval(timer)
  }
}

/** The position while it is wanted; each fix says when it was measured. */
export function usePosition(wanted: boolean, measuring: Measuring): Positioning {
  const [positioning, setPositioning] = useState(off)
  useEffect(() => {
    if (!wanted) return
    if (!('geolocation' in navigator)) return setPositioning({ state: 'refused' })
    let gone = false
    setPositioning({ state: 'asking' })
    const stop = measure(measuring, (next) => {
      if (!gone) setPositioning(next)
    })
    return () => {
      gone = true
      stop()
      setPositioning(off)
    }
  }, [wanted, measuring])
  return positioning
}

/** Whether the browser gives the position without asking her again. */
export function usePositionAllowed(): boolean {
  const [allowed, setAllowed] = useState(false)
  useEffect(() => {
    let gone = false
    async function ask(): Promise<void> {
      try {
        const { state } = await navigator.permissions.query({ name: 'geolocation' })
        if (!gone) setAllowed(state === 'granted')
      } catch {
        // Browsers without this question are asked by a button only.
      }
    }
    void ask()
    return () => {
      gone = true
    }
  }, [])
  return allowed
}
