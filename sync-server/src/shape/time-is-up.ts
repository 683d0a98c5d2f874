/** What a live request is answered when it must end before Electric has an answer: nothing has changed. */

/**
 * Leaves the client where it is, as far as it has read. A stream of events just ends, since its client
 * would take a place from an up-to-date message that is less exact than the one it has.
 */
export function timeIsUp(protocol: URLSearchParams): Response {
  const offset = protocol.get('offset') ?? ''
  const isEvents = ['live_sse', 'experimental_live_sse'].some((name) => protocol.has(name))
  const lsn = /^\d+/.exec(offset)?.[0] ?? '0'
  const upToDate = { headers: { control: 'up-to-date', global_last_seen_lsn: lsn } }
  return new Response(isEvents ? '' : JSON.stringify([upToDate]), {
    headers: {
      'content-type': isEvents ? 'text/event-stream' : 'application/json',
      'cache-control': 'no-store',
      'electric-cursor': protocol.get('cursor') ?? '0',
      'electric-handle': protocol.get('handle') ?? '',
      'electric-has-data': 'false',
      'electric-offset': offset,
      ...(!isEvents && { 'electric-up-to-date': '' }),
    },
  })
}
