/** The contract of shape routes over a server that runs: `npm run conformance` says which, by environment. */
import { afterAll, beforeAll, describe } from 'vitest'
import { createPgDb } from '../src/db/pg.ts'
import { openConformanceGround, type ConformanceGround } from './conformance-ground.ts'
import { upstreamContract } from './upstream.contract.ts'
import { runningUpstream } from './upstreams.ts'

const {
  SELENE_CONFORMANCE_URL: url = '',
  SELENE_CONFORMANCE_DATABASE_URL: databaseUrl = '',
  SELENE_CONFORMANCE_SECRET: secret = '',
} = process.env

describe('conformance', () => {
  const db = createPgDb({ url: databaseUrl })
  let ground: ConformanceGround | undefined
  beforeAll(async () => {
    ground = await openConformanceGround(db)
  })
  afterAll(async () => {
    await ground?.close()
    await db.close()
  })

  upstreamContract(
    { db: () => db, newVault: () => ground!.newVault() },
    runningUpstream(new URL(url), secret),
  )
})
