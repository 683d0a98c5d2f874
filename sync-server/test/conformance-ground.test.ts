import { expect, test } from 'vitest'
import { openConformanceGround } from './conformance-ground.ts'
import { onEachDatabase } from './databases.ts'

onEachDatabase('ground of the conformance suite', (database) => {
  test('leaves a table alone that it did not make, and nothing behind', async () => {
    const { db, drop } = await database.open()
    try {
      await expect(openConformanceGround(db)).rejects.toThrow('did not make')
      expect(await db.query('SELECT FROM vault_log')).toEqual([])
      await db.script('DROP TABLE vault_log')
      await openConformanceGround(db)
      // One that was cut off before is cleared away.
      const ground = await openConformanceGround(db)
      await ground.close()
      const left = await db.query(`SELECT to_regclass('public.vault_log')::text AS name`)
      expect(left).toEqual([{ name: null }])
    } finally {
      await drop()
    }
  })
})
