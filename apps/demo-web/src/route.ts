/**
 * Where in the app she is, kept in the address so that a reload keeps the place. The app has one entry
 * in the browser's history: after leaving in a hurry, "back" does not lead into it again.
 */
import { isCivilDate, type CivilDate } from '@selene/client-sdk/calendar'
import type { AlertId, ContactId, GrantId } from '@selene/client-sdk'

export type Route =
  | { readonly name: 'day'; readonly date?: CivilDate }
  | { readonly name: 'month'; readonly month?: string }
  | { readonly name: 'cycle'; readonly start?: CivilDate }
  | { readonly name: 'insights' }
  | { readonly name: 'sos' }
  | { readonly name: 'alerts'; readonly id?: AlertId }
  | { readonly name: 'people' }
  | { readonly name: 'contact'; readonly id?: ContactId }
  | { readonly name: 'sharing' }
  | { readonly name: 'share'; readonly id?: ContactId }
  | { readonly name: 'shared'; readonly id?: GrantId }
  | { readonly name: 'devices' }
  | { readonly name: 'aside' }
  | { readonly name: 'way-back' }
  | { readonly name: 'recover' }
  | { readonly name: 'settings' }
  | { readonly name: 'lock' }
  | { readonly name: 'reminders' }
  | { readonly name: 'import' }
  | { readonly name: 'export' }
  | { readonly name: 'backup' }
  | { readonly name: 'restore' }

const today: Route = { name: 'day' }

/** The route that an address names; today for an address that names none. */
export function parseRoute(hash: string): Route {
  const [name = '', argument] = hash.replace(/^#\/?/, '').split('/')
  switch (name) {
    case 'day':
      return isCivilDate(argument) ? { name, date: argument } : today
    case 'month':
      return { name, ...(isCivilDate(`${argument}-01`) && { month: argument! }) }
    case 'cycle':
      return { name, ...(isCivilDate(argument) && { start: argument }) }
    case 'alerts':
      return { name, ...(argument && { id: argument as AlertId }) }
    case 'contact':
    case 'share':
      return { name, ...(argument && { id: argument as ContactId }) }
    case 'shared':
      return { name, ...(argument && { id: argument as GrantId }) }
    case 'insights':
    case 'sos':
    case 'people':
    case 'sharing':
    case 'devices':
    case 'aside':
    case 'way-back':
    case 'recover':
    case 'settings':
    case 'lock':
    case 'reminders':
    case 'import':
    case 'export':
    case 'backup':
    case 'restore':
      return { name }
    default:
      return today
  }
}

/** What an address says beside the name of the screen. */
function argumentOf(route: Route): string | undefined {
  if (route.name === 'day') return route.date
  if (route.name === 'month') return route.month
  if (route.name === 'cycle') return route.start
  return 'id' in route ? route.id : undefined
}

/** The address of a route. */
export function hrefOf(route: Route): string {
  const argument = argumentOf(route)
  if (route.name === 'day' && !argument) return '#/today'
  return argument ? `#/${route.name}/${argument}` : `#/${route.name}`
}

const invitation = /^#invite=/

/** The address of an invitation, when the page was opened by one. */
export const invitationOf = (address: string): string | undefined =>
  invitation.test(new URL(address).hash) ? address : undefined
