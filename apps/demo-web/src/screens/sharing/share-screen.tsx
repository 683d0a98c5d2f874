/** Lets somebody read a part of the calendar, after a secret of hers. */
import type { ContactId } from '@selene/client-sdk'
import { useState } from 'react'
import { useCalls, useValue } from '../../backend/use-backend.tsx'
import { useToday } from '../../calendar/today.ts'
import { ProofFields } from '../../lock/proof-fields.tsx'
import { useProof } from '../../lock/use-proof.ts'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Section } from '../../ui/section.tsx'
import { Link, useRouting } from '../../use-route.tsx'
import { WayForm } from '../way-back/way-form.tsx'
import { faultsOf, newGrant, requestOf, type GrantDraft } from './grant-draft.ts'
import { SincePart, UntilPart, WhatPart, WhoPart } from './grant-form.tsx'

/** @param id Who is chosen at first. */
export function ShareScreen({ id }: { id?: ContactId }) {
  const { app, contacts, devices, sharing } = useText()
  const calls = useCalls()
  const { go } = useRouting()
  const announcer = useAnnouncer()
  const today = useToday()
  const proof = useProof()
  const people = useValue('contacts')?.filter(({ state }) => state === 'trusted')
  const [typed, setTyped] = useState<GrantDraft>(() => newGrant(id ?? ''))
  // The address may name anybody.
  const isThere = people?.some((person) => person.id === typed.contact)
  const draft: GrantDraft = isThere ? typed : { ...typed, contact: '' }
  const set = (change: Partial<GrantDraft>): void => setTyped({ ...draft, ...change })
  const faults = faultsOf(draft, today)

  async function give(): Promise<void> {
    const request = requestOf(draft, today)
    if (!request) return
    await calls.grant(proof.secret, request)
    const person = people?.find((one) => one.id === request.contact)
    announcer.polite(sharing.gone(person?.name ?? ''))
    go({ name: 'sharing' })
  }

  return (
    <Screen name="share" title={sharing.formTitle}>
      <p className="lead">{sharing.formLead}</p>
      {!people && <p className="note">{app.loading}</p>}
      {people?.length === 0 && (
        <Section title={sharing.who} lead={sharing.needContact}>
          <Link to={{ name: 'people' }} className="button">
            {contacts.title}
          </Link>
        </Section>
      )}
      {people && people.length > 0 && (
        <div className="card">
          <WayForm
            submit={sharing.give}
            isLacking={proof.isLacking || Object.keys(faults).length > 0}
            work={give}
          >
            {(tried) => {
              const part = { draft, set, faults: tried ? faults : {} }
              return (
                <>
                  <WhoPart {...part} people={people} />
                  <WhatPart {...part} />
                  <SincePart {...part} />
                  <UntilPart {...part} />
                  <ProofFields legend={devices.proof} proof={proof} tried={tried} />
                </>
              )
            }}
          </WayForm>
        </div>
      )}
      <p>
        <Link to={{ name: 'sharing' }}>{sharing.title}</Link>
      </p>
    </Screen>
  )
}
