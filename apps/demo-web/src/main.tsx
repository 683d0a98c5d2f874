/** Starts the page: the frame is drawn at once, the worker with the diary arrives behind it. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { connectBackend } from './backend/backend.ts'
import { BackendProvider } from './backend/use-backend.tsx'
import { leaveOnEscape, staysAway } from './leave.ts'
import { SharingProvider } from './position/sharing.tsx'
import { showLastTheme } from './shell/theme.ts'
import { OwnAlertProvider } from './sos/own-alert.tsx'
import { LanguageProvider, textAtStart } from './strings/language.tsx'
import { AnnouncerProvider } from './ui/announcer.tsx'
import { RoutingProvider, takeInvitation } from './use-route.tsx'
import './style/tokens.css'
import './style/layout.css'
import './style/controls.css'
import './style/screens.css'
import './style/calendar.css'
import './style/narrow.css'

/** Draws the frame and starts the worker. */
function start(): void {
  const invitation = takeInvitation()
  leaveOnEscape()
  showLastTheme()
  const worker = new Worker(new URL('./worker/main.ts', import.meta.url), {
    type: 'module',
    // The worker cannot know her language; of all texts it needs this one.
    name: textAtStart().reminders.notice,
  })
  const backend = connectBackend(worker)
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <LanguageProvider>
        <BackendProvider backend={backend}>
          <RoutingProvider invitation={invitation}>
            <AnnouncerProvider>
              <OwnAlertProvider>
                <SharingProvider>
                  <App />
                </SharingProvider>
              </OwnAlertProvider>
            </AnnouncerProvider>
          </RoutingProvider>
        </BackendProvider>
      </LanguageProvider>
    </StrictMode>,
  )
}

if (!staysAway()) start()
