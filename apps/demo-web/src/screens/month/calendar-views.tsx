/** The three views of the calendar, side by side on each of them. */
import { useText } from '../../strings/language.tsx'
import type { Route } from '../../route.ts'
import { Link, useRouting } from '../../use-route.tsx'

const views: readonly ({ readonly name: 'month' | 'cycle' | 'insights' } & Route)[] = [
  { name: 'month' },
  { name: 'cycle' },
  { name: 'insights' },
]

export function CalendarViews() {
  const { forecast } = useText()
  const { route } = useRouting()
  return (
    <nav className="views" aria-label={forecast.views}>
      <ul>
        {views.map((view) => (
          <li key={view.name}>
            <Link to={view} {...(view.name === route.name && { 'aria-current': 'page' as const })}>
              {forecast[view.name]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
