/** Lets faults cross comlink with their code and remedy; by itself it keeps an error's message only. */
import { transferHandlers } from 'comlink'
import { errorOf, type Fault } from './fault.ts'

/** Set up on both sides: what is thrown crosses as what `describe` says of it. */
export function transferFaults(describe: (thrown: unknown) => Fault): void {
  const handler = transferHandlers.get('throw')
  if (!handler) throw new TypeError('comlink has no handler for what is thrown')
  transferHandlers.set('throw', {
    canHandle: handler.canHandle,
    serialize: (thrown) => [describe((thrown as { value: unknown }).value), []],
    deserialize(fault) {
      throw errorOf(fault as Fault)
    },
  })
}
