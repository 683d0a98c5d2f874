/** One process at a time per store: a file that names the process that holds it. */
import { open, readFile, rm } from 'node:fs/promises'
import { Problem } from '@selene/shapes'

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function create(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx')
    await file.writeFile(String(process.pid))
    await file.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/**
 * Takes the lock; a file left by a process that died is taken over.
 * @throws Problem store/in-use while another opener has it.
 */
export async function takeLockFile(path: string): Promise<() => Promise<void>> {
  if (!(await create(path))) {
    const holder = Number(await readFile(path, 'utf8').catch(() => ''))
    if (!Number.isSafeInteger(holder) || holder < 1 || isRunning(holder))
      throw new Problem('store/in-use')
    await rm(path, { force: true })
    if (!(await create(path))) throw new Problem('store/in-use')
  }
  return () => rm(path, { force: true })
}
