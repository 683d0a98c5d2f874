/** Whether an alert goes on. Pure. */
import type { Alert, AlertPhase } from '@selene/client-sdk'

const ended: readonly AlertPhase[] = ['resolved', 'cancelled', 'expired']

/** Whether anything can still come of an alert. */
export const isOpen = ({ phase }: Pick<Alert, 'phase'>): boolean => !ended.includes(phase)
