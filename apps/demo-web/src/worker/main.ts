/**
 * The worker that holds the SDK: its database needs file handles that exist in dedicated workers only.
 * The SOS kit is opened first, so that an alert can be raised before the database is there. It opens
 * wherever it finds a place, in memory at worst; only another tab that has it keeps it from opening.
 */
import { browserPlatform, createClient, openSosKit } from '@selene/client-sdk'
import { expose } from 'comlink'
import { nameDevice } from './device-name.ts'
import { transferFaults } from './fault-transfer.ts'
import { createNotices } from './notices.ts'
import { createFacade, describeFault } from './serve.ts'

const server = location.origin
const notices = createNotices()
const platform = browserPlatform({ remind: notices.show })
/** The page names its worker by what a reminder is to say, in her language. */
const { name } = self
const deviceLabel = nameDevice(navigator.userAgent)

transferFaults(describeFault)
const kit = openSosKit({ platform, server })
const client = kit.then((opened) =>
  createClient({ platform, server, deviceLabel, kit: opened, ...(name && { noticeText: name }) }),
)
// Whoever asks for one of them is told why it is not there.
for (const part of [kit, client]) part.catch(() => {})
expose(createFacade({ kit, client, notices }))
