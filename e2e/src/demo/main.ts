/** `npm run demo`: the main job as a script. `--json` for machines, `--server URL` for another server. */
import { parseArgs } from 'node:util'
import { createPgDb } from '@selene/sync-server'
import { startLocalServer, type DemoServer } from './local-server.ts'
import { tellStory } from './story.ts'
import { createTranscript } from './transcript.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    server: { type: 'string' },
    'database-url': { type: 'string' },
  },
})

function remoteServer(url: string): DemoServer {
  const database = values['database-url']
  const db = database === undefined ? undefined : createPgDb({ url: database })
  return {
    url: new URL(url),
    query: db && ((sql) => db.query(sql)),
    logLines: undefined,
    close: async () => db?.close(),
  }
}

const say = (text: string): void => void process.stdout.write(text)
if (!values.json && values.server === undefined)
  say('Starting a server of the demo’s own (about 15 seconds: it creates its database) …\n')
const server = values.server === undefined ? await startLocalServer() : remoteServer(values.server)
const transcript = createTranscript(say, { json: values.json, now: () => performance.now() })
try {
  await tellStory(transcript, server)
} catch (error) {
  if (!values.json)
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
} finally {
  await server.close()
}
// Electric's client keeps a timer for up to a minute; everything of ours is closed.
process.exit(transcript.end().failed > 0 ? 1 : 0)
