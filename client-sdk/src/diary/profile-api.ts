/** What she sets once and for all days, and the times she declares: documents like days, synced like them. */
import { Problem, stampUuid } from '@selene/shapes'
import type { Episode } from '../calendar/index.ts'
import { createLive, type Live } from '../core/live.ts'
import type { Write } from '../sync/write.ts'
import { actOn, type WritingDeps } from './act.ts'
import { createFields, type Fields } from './choices-api.ts'
import type { Chronicle } from './chronicle.ts'
import {
  createProfilePen,
  faultOfEpisode,
  profileChoices,
  profileDocument,
  type DeclaredEpisode,
  type Profile,
  type ProfileChange,
} from './profile.ts'

export type ProfileApi = Fields<Profile, ProfileChange>

export interface Episodes {
  /** In the order of their first days. */
  readonly list: Live<readonly DeclaredEpisode[]>
  /** Declares a time, or changes the one with that id. @throws {@link Problem} diary/invalid-episode. */
  put(episode: Episode & { readonly id?: string }): Promise<Write>
  /** Takes a declared time back. */
  remove(id: string): Promise<Write>
}

type Pen = ReturnType<typeof createProfilePen>

/** Changes the profile's document as this device. */
export type WriteProfile = (act: (pen: Pen) => void) => Promise<Write>

export const createProfileWriter =
  (deps: WritingDeps): WriteProfile =>
  (act) =>
    actOn(deps, profileDocument, (doc, author) => act(createProfilePen(doc, author)))

interface Deps extends WritingDeps {
  /** Knows the profile, and when it may be another. */
  readonly chronicle: Chronicle
}

export function createProfileApi(
  deps: Deps,
  write: WriteProfile,
): { profile: ProfileApi; episodes: Episodes } {
  const { random, chronicle } = deps
  const { changed } = chronicle
  const values = createLive(async () => (await chronicle.profile()).profile, changed)
  return {
    profile: createFields(deps, { document: profileDocument, choices: profileChoices }, values),
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
