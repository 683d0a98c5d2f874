/** Ports of a simulated process: what a dead one asks of the world has no effect and no answer. */
import type { Clock, KitFiles, Signal, Socket, Sockets } from '@selene/client-sdk'
import type { Store } from '@selene/client-sdk/testing'
import type { Db } from '@selene/sync-server'
import { live, mortal, type Incarnation } from './incarnation.ts'

/**
 * A callback of that process, which the dead do not hear. Whoever calls may be doing so on behalf of
 * another one: events of sockets and signals carry the context of who caused them.
 */
const heardBy =
  <A extends unknown[]>(life: Incarnation, heard: (...args: A) => void) =>
  (...args: A): void => {
    if (!life.isDead()) live(life, () => heard(...args))
  }

/** The database as one process sees it; a transaction of a process that dies is undone. */
export const mortalDb = (life: Incarnation, db: Db): Db => ({
  kind: db.kind,
  query: (sql, params) => mortal(life, () => db.query(sql, params)),
  script: (sql) => mortal(life, () => db.script(sql)),
  transaction: (work, options) =>
    mortal(life, () => db.transaction((tx) => Promise.race([work(tx), life.death]), options)),
  async listen(channel, heard) {
    const end = await db.listen(channel, heardBy(life, heard))
    life.death.catch(() => void end())
    return end
  },
  close: async () => {}, // It outlives the process.
})

/** The store as one process sees it. */
export const mortalStore = (life: Incarnation, store: Store): Store => ({
  kind: store.kind,
  committed: mortalSignal(life, store.committed),
  query: (sql, params) => mortal(life, () => store.query(sql, params)),
  read: (sql, params) => mortal(life, () => store.read(sql, params)),
  write: (work, undo) =>
    mortal(life, () =>
      store.write(
        (tx) => Promise.race([work(tx), life.death]),
        // What a dead process had in memory needs no undoing, and the next writer waits for no dead one.
        () => Promise.race([life.isDead() ? undefined : undo?.(), life.death]),
      ),
    ),
  close: async () => {},
})

/** A kit's file that is there again for the next process. */
export const mortalKitFiles = (life: Incarnation, files: KitFiles): KitFiles => ({
  durable: true,
  load: () => mortal(life, files.load),
  save: (record) => mortal(life, () => files.save(record)),
  setAside: () => mortal(life, files.setAside),
  close: async () => {},
})

export const mortalSignal = (life: Incarnation, signal: Signal): Signal => ({
  emit: signal.emit,
  subscribe: (heard) => signal.subscribe(heardBy(life, heard)),
})

export const mortalClock = (life: Incarnation, clock: Clock): Clock => ({
  now: clock.now,
  after: (ms, due) => clock.after(ms, heardBy(life, due)),
})

/** Sockets end with their process, as the system closes them. */
export const mortalSockets =
  (life: Incarnation, sockets: Sockets): Sockets =>
  (url, protocols) => {
    const socket = sockets(url, protocols)
    life.death.catch(() => socket.close())
    type Heard = (event: { readonly data: unknown }) => void
    // One handler for all types of event, as every overload is called with at most an event.
    const addEventListener = (type: 'message', heard: Heard): void =>
      socket.addEventListener(type, heardBy(life, heard))
    return {
      send: (text) => socket.send(text),
      close: (code) => socket.close(code),
      addEventListener: addEventListener as Socket['addEventListener'],
    }
  }
