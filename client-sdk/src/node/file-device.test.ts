import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeDevice } from '../store/sealed/device.contract.ts'
import { fileDevice } from './file-device.ts'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'selene-device-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const path = (): string => join(directory, 'store')
describeDevice('file', {
  make: () => fileDevice(path()),
  reopen: () => fileDevice(path()),
  cleanUp: () => rmSync(path(), { force: true }),
})

test('a file is made for its owner alone, and one that is there keeps its bytes', () => {
  fileDevice(path()).close()
  expect(statSync(path()).mode & 0o777).toBe(0o600)
  writeFileSync(path(), 'kept')
  const device = fileDevice(path())
  expect(device.size()).toBe(4)
  device.close()
})
