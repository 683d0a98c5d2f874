import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, type TestContext } from 'vitest'
import { findLocalPostgres, startCluster, type LocalPostgres } from './postgres.ts'

function localPostgres(context: TestContext): LocalPostgres {
  const search = findLocalPostgres()
  return search.ok ? search.postgres : context.skip(search.reason)
}

const query = ({ bin }: LocalPostgres, url: string, sql: string): string =>
  execFileSync(join(bin, 'psql'), ['--no-psqlrc', '-qtAc', sql, url], {
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim()

describe('startCluster', () => {
  test('runs a PostgreSQL 15 or later with PostGIS, and leaves nothing behind', async (context) => {
    const postgres = localPostgres(context)
    const cluster = await startCluster(postgres)
    const ask = (sql: string) => query(postgres, cluster.url, sql)
    const directory = ask('SHOW data_directory')
    expect(Number(ask('SHOW server_version_num'))).toBeGreaterThanOrEqual(150_000)
    expect(ask('CREATE EXTENSION postgis; SELECT ST_AsText(ST_Point(1, 2))')).toBe('POINT(1 2)')
    expect(existsSync(directory)).toBe(true)
    await cluster.stop()
    expect(existsSync(join(directory, '..'))).toBe(false)
    expect(() => ask('SELECT 1')).toThrow(/refused/)
  })

  test('a cluster ends with the process that asked for it, even a killed one', async (context) => {
    const postgres = localPostgres(context)
    const module = JSON.stringify(new URL('postgres.ts', import.meta.url).href)
    const program = `
      const { startCluster } = await import(${module})
      console.log((await startCluster(${JSON.stringify(postgres)})).url)
    `
    const owner = spawn(process.execPath, ['--input-type=module', '-e', program])
    const url = await new Promise<string>((resolve, reject) => {
      owner.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()))
      owner.once('close', () => reject(new Error('the owner ended early')))
    })
    const directory = query(postgres, url, 'SHOW data_directory')
    owner.kill('SIGKILL')
    await expect.poll(() => existsSync(join(directory, '..')), { timeout: 20_000 }).toBe(false)
    expect(() => query(postgres, url, 'SELECT 1')).toThrow(/refused/)
  })

  test('says in PostgreSQL’s own words why it does not start', async (context) => {
    const postgres = localPostgres(context)
    await expect(startCluster({ ...postgres, bin: '/nowhere' })).rejects.toThrow(/initdb/)
  })
})
