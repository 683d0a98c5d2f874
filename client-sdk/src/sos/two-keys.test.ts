import { bytesToBase64url } from '@selene/shapes'
import { expect, test } from 'vitest'
import { sealContactResponse } from '../crypto/sos-slot.ts'
import { testPerson } from '../testing/test-person.ts'

test('W46 a contact with old keys and new is one person, told by both and heard by either', async () => {
  const person = await testPerson('two keys')
  const { crypto, alerts } = person
  const [known] = person.profile.contacts
  const authKey = crypto.random(32)
  const newer = { ...known!, boxKey: crypto.boxPair(crypto.random(32)).publicKey, authKey }
  const { contact } = known!
  const kit = await person.open()
  await kit.provision({ ...person.profile, contacts: [known!, newer] })
  const shown = () => {
    const state = kit.current.get()
    return state.status === 'ready' ? state.value : undefined
  }
  await expect.poll(() => kit.readiness.get()).toMatchObject({ value: { contacts: 1 } })
  const { id } = await kit.raise()
  expect(shown()?.contacts).toHaveLength(1)
  await expect.poll(() => shown()?.phase).toBe('sent')
  expect(alerts.taken[0]!.slots.map((slot) => slot.contact)).toEqual([contact, contact])
  for (const by of [authKey, known!.authKey]) {
    const to = { alert: id, authKey: by }
    const answer = { state: 'accept', name: 'Ines', note: '' } as const
    const message = bytesToBase64url(sealContactResponse(crypto, to, answer))
    alerts.tell(id, { contacts: [{ contact, delivered: true, state: 'accept', message }] })
    kit.heard(id)
    await expect.poll(() => shown()?.phase).toBe('acknowledged')
    alerts.tell(id, { contacts: [{ contact, delivered: true }] })
    kit.heard(id)
    await expect.poll(() => shown()?.phase).toBe('delivered')
  }
  await kit.close()
})
