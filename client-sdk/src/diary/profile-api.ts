/** What she sets once and for all days, and the times she declares: documents like days, synced like them. */
import { Problem, stampUuid, type OpId } from '@selene/shapes'
import type { Episode } from '../calendar/index.ts'
import type { Clock } from '../core/clock.ts'
import { createLive, type Live } from '../core/live.ts'
import type { Random } from '../core/random.ts'
import type { Documents } from '../docs/documents.ts'
import type { Store } from '../store/store.ts'
import { unchanged, type Write, type Writes } from '../sync/write.ts'
import type { LocalVault } from '../vault/vault.ts'
import type { Chronicle } from './chronicle.ts'
import {
  createProfilePen,
  faultOfEpisode,
  faultsOfProfile,
  profileDocument,
  type DeclaredEpisode,
  type Profile,
  type ProfileChange,
} from './profile.ts'

export interface ProfileApi {
  readonly values: Live<Profile>
  /** @throws {@link Problem} diary/invalid-profile with one fault per impossible value. */
  set(change: ProfileChange): Promise<Write>
}

export interface Episodes {
  /** In the order of their first days. */
  readonly list: Live<readonly DeclaredEpisode[]>
  /** Declares a time, or changes the one with that id. @throws {@link Problem} diary/invalid-episode. */
  put(episode: Episode & { readonly id?: string }): Promise<Write>
  /** Takes a declared time back. */
  remove(id: string): Promise<Write>
}

/** What changing a document takes. */
export interface WritingDeps {
  readonly store: Store
  readonly documents: Documents
  readonly vault: LocalVault
  readonly clock: Clock
  readonly random: Random
  readonly writes: Writes
  readonly written: () => void
}

type Pen = ReturnType<typeof createProfilePen>

/** Changes the profile's document as this device. */
export type WriteProfile = (act: (pen: Pen) => void) => Promise<Write>

export function createProfileWriter(deps: WritingDeps): WriteProfile {
  const { documents, vault, clock, random, writes, written } = deps
  return async (act) => {
    const author = { writer: vault.device as string, at: clock.now() }
    const opId = await documents.write((tx) =>
      documents.edit(tx, profileDocument, (doc) => act(createProfilePen(doc, author))),
    )
    if (!opId) return unchanged(stampUuid<OpId>(random.bytes(16), 4))
    const write = writes.track(opId)
    written()
    return write
  }
}

interface Deps {
  readonly random: Random
  /** Knows the profile, and when it may be another. */
  readonly chronicle: Chronicle
}

export function createProfileApi(
  { random, chronicle }: Deps,
  write: WriteProfile,
): { profile: ProfileApi; episodes: Episodes } {
  const { changed } = chronicle
  return {
    profile: {
      values: createLive(async () => (await chronicle.profile()).profile, changed),
      async set(change) {
        const faults = faultsOfProfile(change)
        if (faults.length > 0) throw new Problem('diary/invalid-profile', { faults })
        return write((pen) => pen.set(change))
      },
    },
    episodes: {
      list: createLive(async () => (await chronicle.profile()).episodes, changed),
      async put({ id = stampUuid(random.bytes(16), 4), kind, from, to }) {
        const episode = { kind, from, ...(to !== undefined && { to }) }
        const fault = faultOfEpisode(episode)
        if (fault) throw new Problem('diary/invalid-episode', { faults: [fault] })
        return write((pen) => pen.episode(id, episode))
      },
      remove: (id) => write((pen) => pen.episode(id, null)),
    },
  }
}
