/** The current route for components, and links that change it. */
import {
  createContext,
  use,
  useEffect,
  useMemo,
  useState,
  type AnchorHTMLAttributes,
  type ReactNode,
} from 'react'
import { hrefOf, invitationOf, parseRoute, type Route } from './route.ts'

interface Routing {
  readonly route: Route
  go(route: Route): void
  /** An invitation link that the page was opened with; it is in no address any more. */
  readonly invitation: string | undefined
  forgetInvitation(): void
}

const RoutingContext = createContext<Routing | undefined>(undefined)

const rewriteAddress = (route: Route): void => history.replaceState(null, '', hrefOf(route))

/** Takes the secret of an invitation out of address and history at once. */
export function takeInvitation(): string | undefined {
  const link = invitationOf(location.href)
  if (link !== undefined) rewriteAddress({ name: 'people' })
  return link
}

export function RoutingProvider(props: { invitation: string | undefined; children: ReactNode }) {
  const [route, setRoute] = useState(() => parseRoute(location.hash))
  const [invitation, setInvitation] = useState(props.invitation)

  useEffect(() => {
    function moved(): void {
      const link = takeInvitation()
      if (link !== undefined) setInvitation(link)
      setRoute(parseRoute(location.hash))
    }
    addEventListener('hashchange', moved)
    return () => removeEventListener('hashchange', moved)
  }, [])

  const routing = useMemo(
    () => ({
      route,
      invitation,
      go(next: Route) {
        rewriteAddress(next)
        setRoute(next)
      },
      forgetInvitation: () => setInvitation(undefined),
    }),
    [route, invitation],
  )
  return <RoutingContext value={routing}>{props.children}</RoutingContext>
}

export function useRouting(): Routing {
  const routing = use(RoutingContext)
  if (!routing) throw new TypeError('no routing above this component')
  return routing
}

type LinkProps = { to: Route } & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'onClick'>

/** A link within the app. Opened elsewhere (a new tab, say) it is an ordinary link. */
export function Link({ to, ...rest }: LinkProps) {
  const { go } = useRouting()
  return (
    <a
      {...rest}
      href={hrefOf(to)}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        go(to)
      }}
    />
  )
}
