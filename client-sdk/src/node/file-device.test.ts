import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { deviceLaws, type DevicePlace } from '../store/sealed/device-laws.ts'
import { fileDevice } from './file-device.ts'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'selene-device-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const path = (): string => join(directory, 'store')
describe('a device: file', () => {
  afterEach(() => rmSync(path(), { force: true }))
  const place: DevicePlace = { lasts: true, open: () => fileDevice(path()) }
  for (const { says, check } of deviceLaws(place)) test(says, () => check(place))
})

test('a file is made for its owner alone, and one that is there keeps its bytes', () => {
  fileDevice(path()).close()
  expect(statSync(path()).mode & 0o777).toBe(0o600)
  writeFileSync(path(), 'kept')
  const device = fileDevice(path())
  expect(device.size()).toBe(4)
  device.close()
})
