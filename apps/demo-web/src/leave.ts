/**
 * Leaves the app at once: what is on the page is gone before anything else happens, then the browser is
 * sent to a page that says nothing about her. Without a network it is an empty page.
 */

/** Where leaving leads: well known everywhere, quick, and plausible to be open. */
const elsewhere = 'https://www.wikipedia.org/'

/** That this tab was left; it goes with the tab. */
const leftKey = 'notes.left'

export function leave(): void {
  sessionStorage.setItem(leftKey, 'yes')
  document.documentElement.hidden = true
  document.body.replaceChildren()
  location.replace(navigator.onLine ? elsewhere : 'about:blank')
}

/**
 * Leaves again when "back" has led into the app after leaving; whoever opens it anew stays.
 * @returns Whether it leaves.
 */
export function staysAway(): boolean {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if (sessionStorage.getItem(leftKey) === null) return false
  if (entry?.type === 'back_forward') {
    leave()
    return true
  }
  sessionStorage.removeItem(leftKey)
  return false
}

const times = 3
const withinMilliseconds = 1500

/** Leaves when Escape is pressed three times in a row; returns what ends that. */
export function leaveOnEscape(): () => void {
  let presses: number[] = []
  function pressed(event: KeyboardEvent): void {
    if (event.repeat) return
    presses = event.key === 'Escape' ? [...presses, event.timeStamp].slice(-times) : []
    const [first] = presses
    if (presses.length === times && event.timeStamp - first! < withinMilliseconds) leave()
  }
  addEventListener('keydown', pressed, { capture: true })
  return () => removeEventListener('keydown', pressed, { capture: true })
}
