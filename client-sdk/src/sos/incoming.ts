/**
 * Alerts of people who count on her. What a contact sealed is opened and checked; everything else is the
 * server's word and shown as that (W51). Answers to a contact are sealed under what both have in common,
 * those to a stranger to the key that the server names (W55).
 */
import {
  base64urlToBytes,
  bytesToBase64url,
  Problem,
  responderBoxAnswer,
  slotBytes,
  type AlertId,
  type AlertNotice,
  type ContactId,
  type OpId,
  type ResponseState,
} from '@selene/shapes'
import { noAnswer } from '../core/http.ts'
import { createLive, type Live } from '../core/live.ts'
import { storableText } from '../core/plain-text.ts'
import type { Position } from '../core/position.ts'
import {
  openResponderPart,
  openSlot,
  sealContactResponse,
  sealResponse,
  type SlotKeys,
} from '../crypto/sos-slot.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { Reader, Store, StoreTx } from '../store/store.ts'
import type { AuthorizedCall } from '../sync/authorized.ts'
import { assertNote } from './acts.ts'
import type { IncomingAlert, Sos } from './alert.ts'
import { fixToPosition } from './fix.ts'
import { isVerified, nextRow, type Sealed } from './incoming-step.ts'
import {
  listIncoming,
  pruneIncoming,
  readIncoming,
  writeIncoming,
  type IncomingRow,
} from './incoming-table.ts'

/** A contact, as slots from them are opened. */
export interface Share {
  /** Keys of both under which they may have sealed something, the newest first. */
  keys(): readonly SlotKeys[]
  /** What she calls them. */
  readonly name: string
}

type Awaitable<T> = T | Promise<T>
/** By contact; strangers are not in it. */
type Shares = Pick<ReadonlyMap<ContactId, Share>, 'get'>

interface Deps {
  readonly store: Store
  readonly crypto: Primitives
  readonly call: AuthorizedCall
  /**
   * What she has in common with her contacts. Whoever needs the store reads by `reader`: a transaction
   * may be under way.
   */
  readonly sharesOf: (reader: Reader) => Awaitable<Shares>
  /** How she presents herself when she answers. */
  readonly ownName: () => Awaitable<string | undefined>
}

export interface Incoming extends Pick<Sos, 'respond' | 'locate'> {
  readonly list: Live<readonly IncomingAlert[]>
  /** Stores what a notice says, as part of the caller's transaction; in any order, and again. */
  take(tx: StoreTx, notice: AlertNotice): Promise<void>
  /** Lets go of what is old by this device's clock, which may be wrong by a month. */
  prune(now: number): Promise<void>
}

function alertOf(row: IncomingRow, share: Share | undefined): IncomingAlert {
  const { alert_id: id, contact_id: contact, kind, role, state, note, position, response } = row
  return {
    id,
    kind,
    role,
    ...(contact && { from: { contact, name: share?.name ?? '' } }),
    verified: isVerified(row),
    state,
    raisedAt: row.raised_at,
    receivedAt: row.received_at,
    ...(note !== '' && { note }),
    ...(position && { position }),
    ...(response && { response }),
  }
}

/** How wrong the clock of a device may be before it ends an alert too early, in milliseconds. */
const clockMarginMs = 30 * 24 * 3_600_000

/** One slot, or two one behind the other: for old keys of hers and for new ones (W46). */
const slotsOf = (bytes: Uint8Array): Uint8Array[] =>
  Array.from({ length: bytes.length / slotBytes }, (_, i) =>
    bytes.subarray(i * slotBytes, (i + 1) * slotBytes),
  )

const noShares: Shares = new Map()

export function createIncoming(deps: Deps): Incoming {
  const { store, crypto, call, sharesOf, ownName } = deps

  const shareFor = async (
    reader: Reader,
    contact: string | null | undefined,
  ): Promise<Share | undefined> =>
    contact ? (await sharesOf(reader)).get(contact as ContactId) : undefined

  async function openNotice(tx: StoreTx, notice: AlertNotice): Promise<Sealed | undefined> {
    const slots = notice.slot === undefined ? undefined : base64urlToBytes(notice.slot)
    const share = await shareFor(tx, notice.contact)
    if (!slots || !share || notice.op === undefined) return undefined
    const place = { alert: notice.alert as AlertId, op: notice.op as OpId }
    // The newest keys first: an answer by those is opened also when she lets go of the older ones meanwhile.
    for (const keys of share.keys())
      for (const slot of slotsOf(slots)) {
        const opened = openSlot(crypto, keys, slot, place)
        if (opened) return { ...opened, authKey: keys.authKey }
      }
    return undefined
  }

  async function openRow(id: AlertId): Promise<IncomingRow> {
    const row = await readIncoming(store, id)
    if (!row) throw new Problem('sos/no-alert')
    if (row.state !== 'open') throw new Problem('sos/closed')
    return row
  }

  /** Changes an alert that is still open by then. */
  const changeRow = (id: AlertId, change: Partial<IncomingRow>): Promise<void> =>
    store.write(async (tx) => {
      const row = await readIncoming(tx, id)
      if (row?.state === 'open') await writeIncoming(tx, { ...row, ...change })
    })

  async function locate(id: AlertId): Promise<Position | undefined> {
    const row = await openRow(id)
    if (row.role === 'contact') return row.position ?? undefined
    const box = await call({
      method: 'GET',
      path: `/v1/alerts/${id}/responder-box`,
      answer: responderBoxAnswer,
    })
    const [key, sealed] = [base64urlToBytes(box.key), base64urlToBytes(box.part)]
    const place = { alert: id, op: box.op as OpId }
    const part = key && sealed && openResponderPart(crypto, place, { key, sealed })
    if (!part) throw new Problem('crypto/damaged')
    const position = part.position && fixToPosition(part.position)
    await changeRow(id, { position: position ?? null })
    return position
  }

  /** The position follows if it can; why it does not, whoever asks for it is told. */
  function follow({ alert_id: id, role, response, state }: IncomingRow): void {
    if (role === 'nearby' && state === 'open' && response && response !== 'cannot')
      locate(id).catch(() => {})
  }

  async function sealedAnswer(
    row: IncomingRow,
    state: ResponseState,
    note: string,
  ): Promise<Uint8Array> {
    const share = await shareFor(store, row.contact_id)
    const answer = { state, name: (await ownName()) ?? '', note }
    // Under the keys that the alert came by, since those are known on both sides.
    const authKey = share && (row.auth_key ?? share.keys()[0]?.authKey)
    if (authKey) return sealContactResponse(crypto, { alert: row.alert_id, authKey }, answer)
    if (!row.reply_key) throw new Problem('sos/closed')
    return sealResponse(crypto, row.reply_key, answer)
  }

  async function listAll(): Promise<readonly IncomingAlert[]> {
    const rows = await listIncoming(store)
    // Once for all rows: reading whom she trusts opens a document and agrees on keys.
    const shares = rows.some((row) => row.contact_id) ? await sharesOf(store) : noShares
    return rows.map((row) => alertOf(row, row.contact_id ? shares.get(row.contact_id) : undefined))
  }

  return {
    list: createLive(listAll, store.committed),
    locate,

    async take(tx, notice) {
      const known = await readIncoming(tx, notice.alert as AlertId)
      const row = nextRow(known, notice, await openNotice(tx, notice))
      await writeIncoming(tx, row)
      await pruneIncoming(tx, notice.received_at)
      // Reads after this transaction: the store lets one in at a time.
      if (notice.event === 'updated') follow(row)
    },

    prune: (now) => store.write((tx) => pruneIncoming(tx, now - clockMarginMs)),

    async respond(id, state, note = '') {
      assertNote(note)
      const row = await openRow(id)
      const message = bytesToBase64url(await sealedAnswer(row, state, storableText(note)))
      await call({
        method: 'POST',
        path: `/v1/alerts/${id}/responses`,
        body: { state, message },
        answer: noAnswer,
      })
      await changeRow(id, { response: state })
      follow({ ...row, response: state })
    },
  }
}
