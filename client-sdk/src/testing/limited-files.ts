/** Files whose writes a test refuses: on a disk that it fills up, or from some write on. */
import { faultError } from '../store/sealed/fault.ts'
import type { StoreFiles } from '../store/files.ts'

/** @param before Runs before each write, and refuses it by throwing. */
export const guardedFiles = (
  inner: StoreFiles,
  before: (at: number, bytes: Uint8Array) => void,
): StoreFiles => ({
  async open() {
    const opened = await inner.open()
    return {
      ...opened,
      async openDevice() {
        const device = await opened.openDevice()
        return {
          ...device,
          write(at: number, bytes: Uint8Array) {
            before(at, bytes)
            device.write(at, bytes)
          },
        }
      },
    }
  },
})

/** Takes no more than so many bytes; what is beyond fails as on a full disk. */
export function limitedFiles(inner: StoreFiles, disk: { bytes: number }): StoreFiles {
  const files = guardedFiles(inner, (at, bytes) => {
    if (at + bytes.length > disk.bytes) throw faultError('full')
  })
  return {
    open: async () => ({
      ...(await files.open()),
      surroundings: async () => ({ persisted: true }),
    }),
  }
}
