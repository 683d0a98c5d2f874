/** Does a task in a dedicated worker, where a browser has synchronous files. */
import { answerTask, type Asked } from './answer.ts'

self.addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  // To whoever made this worker: there is no origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  void answerTask(data).then((answer) => self.postMessage(answer))
})
