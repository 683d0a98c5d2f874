/**
 * The phone as a process of its own, for the demo to kill: opens the SOS kit and nothing else, raises an
 * alert and says when the call has resolved. Arguments: directory, server, latitude, longitude, note.
 */
import { openSosKit } from '@selene/client-sdk'
import { nodePlatform } from '@selene/client-sdk/node'

const [directory = '', server = '', latitude = '', longitude = '', note = ''] =
  process.argv.slice(2)
const kit = await openSosKit({ platform: nodePlatform({ directory }), server })
const started = performance.now()
const { id } = await kit.raise({
  audience: 'contacts-and-nearby',
  note,
  position: {
    latitude: Number(latitude),
    longitude: Number(longitude),
    accuracyMetres: 9,
    at: Date.now(),
  },
})
process.send!({ id, ms: performance.now() - started })
// Whatever comes now does not come from a tidy end.
setInterval(() => {}, 1_000)
