/** The page that does tasks itself, or has its worker do them. */
import { answerTask, type Answered, type Asked } from './answer.ts'

type Where = 'page' | 'worker'

declare global {
  var doTask: (where: Where, asked: Asked) => Promise<unknown>
}

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })

const inWorker = (asked: Asked): Promise<Answered> =>
  new Promise((resolve) => {
    const hear = ({ data }: MessageEvent<Answered>): void => {
      if (data.number !== asked.number) return
      worker.removeEventListener('message', hear)
      resolve(data)
    }
    worker.addEventListener('message', hear)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
    worker.postMessage(asked)
  })

globalThis.doTask = async (where, asked) => {
  const { failed, result } = await (where === 'page' ? answerTask(asked) : inWorker(asked))
  if (failed !== undefined) throw new Error(failed)
  return result
}
