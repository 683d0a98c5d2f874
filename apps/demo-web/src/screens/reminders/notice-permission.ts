/** Whether the system may show notices of this page, and asking for it; the page asks, not the worker. */
import { useState } from 'react'

export type NoticePermission = NotificationPermission | 'unsupported'

const look = (): NoticePermission =>
  'Notification' in globalThis ? Notification.permission : 'unsupported'

export function useNoticePermission(): {
  readonly permission: NoticePermission
  ask(): Promise<void>
} {
  const [permission, setPermission] = useState(look)
  return {
    permission,
    async ask() {
      await Notification.requestPermission()
      setPermission(look())
    },
  }
}
