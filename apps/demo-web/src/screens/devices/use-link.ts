/** Letting another device in, step by step: asked for, digits compared where it is by a word, done. */
import { useState } from 'react'
import { useAction, useCalls, type Action } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import type { Proof } from '../../worker/facade.ts'

export const linkMeans = ['code', 'word'] as const
export type LinkMeans = (typeof linkMeans)[number]

export type LinkStep =
  | { readonly step: 'none' }
  | { readonly step: 'compare'; readonly digits: string; readonly label: string }
  /** She said that the digits were not the same. */
  | { readonly step: 'differed' }
  | { readonly step: 'linked'; readonly label: string }

export interface Linking {
  readonly now: LinkStep
  readonly action: Action
  /** Says whether it got on. */
  link(a: { by: LinkMeans; proof: Proof; text: string; label: string }): Promise<boolean>
  /** The digits are the same. */
  confirm(): void
  refuse(): void
}

export function useLink(): Linking {
  const { devices } = useText()
  const calls = useCalls()
  const action = useAction()
  const announcer = useAnnouncer()
  const [now, setNow] = useState<LinkStep>({ step: 'none' })

  function done(label: string): void {
    setNow({ step: 'linked', label })
    announcer.polite(devices.linked(label))
  }

  return {
    now,
    action,
    link({ by, proof, text, label }) {
      setNow({ step: 'none' })
      return action.run(async () => {
        if (by === 'word')
          setNow({ step: 'compare', digits: await calls.meet(proof, text, label), label })
        else {
          await calls.admit(proof, text, label)
          done(label)
        }
      })
    },
    confirm() {
      if (now.step !== 'compare') return
      const { label } = now
      void action.run(async () => {
        try {
          await calls.admitMet()
          done(label)
        } catch (error) {
          setNow({ step: 'none' })
          throw error
        }
      })
    },
    refuse() {
      setNow({ step: 'differed' })
      void calls.forgetMet()
    },
  }
}
