/** The engine alone, as a login that may do no more than `docs/electric.md` says. Postgres only. */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../src/core/clock.ts'
import type { Db } from '../src/db/db.ts'
import { createPgDb } from '../src/db/pg.ts'
import { createShapeEngine, type ShapeEngine } from '../src/shape/engine/engine.ts'
import { bringForward } from '../src/shape/engine/form.ts'
import { migrationsDirectory, type OpenedDatabase, type TestDatabase } from './databases.ts'
import { follow } from './following.ts'

const readScript = (file: string): Promise<string> =>
  readFile(new URL(file, migrationsDirectory), 'utf8')

export function engineLoginContract(database: TestDatabase): void {
  describe('as a login of its own', () => {
    const role = `selene_engine_${randomUUID().slice(0, 8)}`
    let opened: OpenedDatabase
    let own: Db
    let engine: ShapeEngine

    beforeAll(async () => {
      opened = await database.open()
      const url = new URL(opened.url!)
      await opened.db.script(`
        DROP SCHEMA shape CASCADE;
        CREATE TABLE item (id integer PRIMARY KEY, label text);
        CREATE TABLE secret (id integer PRIMARY KEY);
        CREATE ROLE ${role} WITH LOGIN PASSWORD '${role}';
        GRANT CREATE, TEMPORARY ON DATABASE ${url.pathname.slice(1)} TO ${role};
        GRANT USAGE ON SCHEMA public TO ${role};
        GRANT SELECT, TRIGGER ON item TO ${role}`)
      url.username = role
      url.password = role
      own = createPgDb({ url: url.href })
      await bringForward(own, readScript)
      engine = createShapeEngine({ db: own, clock: systemClock }, { wakesItself: true })
    })
    afterAll(async () => {
      await engine.close()
      await own.close()
      await opened.db.script(`DROP TABLE item; DROP OWNED BY ${role}; DROP ROLE ${role}`)
      await opened.drop()
    })

    test.each([undefined, "label = 'a'", 'length(label) = 1'])(
      'E11 it serves a table with the where %s to its readers',
      async (where) => {
        await opened.db.script(`TRUNCATE item; INSERT INTO item VALUES (1, 'a'), (2, 'bcd')`)
        const asked = { table: 'item', where, params: [] }
        const following = follow(
          (http) => engine.answer(asked, new URL(http.url).searchParams, http.signal),
          {},
        )
        const first = where === undefined ? 2 : 1
        await following.until(() => following.rows.size === first)
        await opened.db.script(`INSERT INTO item VALUES (3, 'a')`)
        await following.until(() => following.rows.size === first + 1)
        await opened.db.script(`UPDATE item SET label = 'gone'; DELETE FROM item WHERE id = 1`)
        await following.until(() => following.rows.size === (where === undefined ? 2 : 0))
        following.stop()
      },
    )

    test('E11 it is refused what it may not read', async () => {
      const asked = { table: 'secret', params: [] }
      const query = new URLSearchParams('offset=-1')
      await expect(engine.answer(asked, query, AbortSignal.timeout(5000))).rejects.toMatchObject({
        code: '42501',
      })
    })
  })
}
