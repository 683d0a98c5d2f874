/** One process at a time per store: a file that names the process that holds it. */
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { Problem } from '@selene/shapes'

/**
 * When a process started, by the kernel's clock; empty where the system does not say. A number that a
 * dead process left is given to another one, after a restart of a container nearly always.
 */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // Fields are counted behind the name, which is in parentheses and may hold anything (proc(5)).
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Whether the process that wrote this still runs; a file without a process is left from a power cut. */
async function isHeld(content: string): Promise<boolean> {
  const [pid = '', start = ''] = content.split(' ')
  if (!/^[1-9]\d*$/.test(pid) || !isRunning(Number(pid))) return false
  return start === '' || start === (await startOf(Number(pid)))
}

/** Puts a whole file in place, or says that there is one. */
async function create(path: string): Promise<boolean> {
  const draft = `${path}.${process.pid}-${crypto.randomUUID()}`
  try {
    await writeFile(draft, `${process.pid} ${await startOf(process.pid)}`, { flag: 'wx' })
    await link(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

/** Takes a dead process's file away; another opener's that came in between is put back. */
async function removeStale(path: string): Promise<void> {
  const aside = `${path}.${process.pid}-${crypto.randomUUID()}`
  try {
    await rename(path, aside)
    if (await isHeld(await readFile(aside, 'utf8'))) await link(aside, path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error
  } finally {
    await rm(aside, { force: true })
  }
}

/**
 * Takes the lock; a file left by a process that died is taken over.
 * @throws Problem store/in-use while another opener has it.
 */
export async function takeLockFile(path: string): Promise<() => Promise<void>> {
  if (!(await create(path))) {
    if (await isHeld(await readFile(path, 'utf8').catch(() => '')))
      throw new Problem('store/in-use')
    await removeStale(path)
    if (!(await create(path))) throw new Problem('store/in-use')
  }
  return () => rm(path, { force: true })
}
