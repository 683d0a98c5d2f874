/** Says on every screen that a reminder has come; what it is about stands in the list. */
import { useCalls, useValue } from '../backend/use-backend.tsx'
import { useText } from '../strings/language.tsx'
import { Icon } from '../ui/icon.tsx'
import { Link, useRouting } from '../use-route.tsx'

export function ReminderBanner() {
  const { app, reminders } = useText()
  const calls = useCalls()
  const { route } = useRouting()
  const notices = useValue('notices') ?? []
  return (
    <div role="status">
      {notices.length > 0 && route.name !== 'reminders' && (
        <div className="banner reminder-banner">
          <Icon name="bell" />
          <span>
            <strong>{reminders.notice}</strong>
            <Link to={{ name: 'reminders' }}>{reminders.open}</Link>
          </span>
          <button
            type="button"
            className="button"
            onClick={() => {
              void calls.dismissNotices()
            }}
          >
            {app.close}
          </button>
        </div>
      )}
    </div>
  )
}
