/** Files on a disk that a test fills up. */
import { faultError } from '../store/sealed/fault.ts'
import type { StoreFiles } from '../store/files.ts'

/** Takes no more than so many bytes; what is beyond fails as on a full disk. */
export const limitedFiles = (inner: StoreFiles, disk: { bytes: number }): StoreFiles => ({
  async open() {
    const opened = await inner.open()
    return {
      ...opened,
      async openDevice() {
        const device = await opened.openDevice()
        return {
          ...device,
          write(at: number, bytes: Uint8Array) {
            if (at + bytes.length > disk.bytes) throw faultError('full')
            device.write(at, bytes)
          },
        }
      },
      surroundings: async () => ({ persisted: true }),
    }
  },
})
