/**
 * What tabs say to each other. Every message goes to all of them; `to` names whom it concerns. A call and
 * its answer are one message each.
 */
import * as v from 'valibot'

const id = v.string()
const list = v.array(v.unknown())

const message = v.variant('type', [
  /** Who leads? */
  v.object({ type: v.literal('who'), from: id }),
  /** I lead; `handOver` is what the next leader will need to go on at once. */
  v.object({ type: v.literal('lead'), from: id, handOver: v.unknown() }),
  v.object({ type: v.literal('call'), from: id, to: id, call: id, name: v.string(), args: list }),
  v.object({ type: v.literal('answer'), to: id, call: id, value: v.unknown() }),
  v.object({ type: v.literal('fault'), to: id, call: id, fault: v.unknown() }),
  v.object({
    type: v.literal('watch'),
    from: id,
    to: id,
    watch: id,
    topic: v.string(),
    args: list,
  }),
  v.object({ type: v.literal('unwatch'), from: id, to: id, watch: id }),
  v.object({ type: v.literal('told'), to: id, watch: id, state: v.unknown() }),
])
export type TabMessage = v.InferOutput<typeof message>

/** `undefined` for what another version of the app said, or anything else on the channel. */
export function readMessage(data: unknown): TabMessage | undefined {
  const parsed = v.safeParse(message, data)
  return parsed.success ? parsed.output : undefined
}
