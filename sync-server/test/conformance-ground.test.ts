import { expect, test } from 'vitest'
import { openConformanceGround } from './conformance-ground.ts'
import { onEachDatabase } from './databases.ts'

onEachDatabase('ground of the conformance suite', (database) => {
  test.runIf(database.name === 'postgres')('leaves a database in use alone', async () => {
    const opened = await database.open()
    try {
      await expect(openConformanceGround(opened.url!)).rejects.toThrow('did not make')
      expect(await opened.db.query('SELECT FROM accounts, vault_log')).toEqual([])
      await opened.db.script('DROP TABLE vault_log')
      const ground = await openConformanceGround(opened.url!)
      const again = await openConformanceGround(opened.url!)
      await ground.close()
      await again.close()
      const left = await opened.db.query(`SELECT to_regclass('public.vault_log')::text AS name`)
      expect(left).toEqual([{ name: null }])
    } finally {
      await opened.drop()
    }
  })
})
