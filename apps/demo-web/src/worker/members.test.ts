import { Problem, type Client } from '@selene/client-sdk'
import { expect, test } from 'vitest'
import { backupCalls } from './backups.ts'
import { grantCalls } from './grants.ts'
import { linkingCalls } from './linking.ts'
import { createLiveValue } from './live-value.ts'
import { memberCalls } from './members.ts'

const pin = { pin: '2580' }

/** A diary with a PIN over an SDK that notes what is asked of it. */
function createCalls(news: readonly unknown[] = []) {
  const asked: string[] = []
  const note = (name: string, answer?: unknown) => async (): Promise<unknown> => {
    asked.push(name)
    return answer
  }
  const client = {
    backup: note('backup'),
    exportAll: note('export'),
    grants: { give: note('give') },
    vault: {
      state: createLiveValue({ news }).live,
      admit: note('admit'),
      admitByDigits: note('meet', { digits: '123456', confirm: note('confirm') }),
      removeMember: note('remove'),
      looked: note('looked'),
    },
    account: {
      announceReset: note('announce'),
      completeReset: note('complete'),
      changePassphrase: note('passphrase'),
      erase: note('erase'),
    },
  } as unknown as Client
  const keeper = {
    client: async () => client,
    async prove(proof: unknown) {
      if (proof !== pin) throw new Problem('store/wrong-secret')
    },
    async prepare() {},
  }
  const calls = {
    ...linkingCalls(keeper),
    ...backupCalls(keeper),
    ...grantCalls(keeper),
    ...memberCalls(keeper, { expecting: (work) => work() }),
  }
  return { calls, asked }
}

type Calls = ReturnType<typeof createCalls>['calls']

test.each<[string, (calls: Calls, proof: typeof pin | undefined) => Promise<unknown>, string[]]>([
  ['admitting by a code', (calls, proof) => calls.admit(proof, 'code', 'Tablet'), ['admit']],
  ['admitting by a word', (calls, proof) => calls.meet(proof, 'word', 'Tablet'), ['meet']],
  ['removing', (calls, proof) => calls.removeMember(proof, 'id' as never), ['remove']],
  ['announcing new words', (calls, proof) => calls.announceReset(proof, 'words'), ['announce']],
  ['letting them count', (calls, proof) => calls.completeReset(proof), ['complete', 'looked']],
  ['making a backup', (calls, proof) => calls.makeBackup(proof, { phrase: 'words' }), ['backup']],
  ['letting a contact read', (calls, proof) => calls.grant(proof, {} as never), ['give']],
  ['exporting everything', (calls, proof) => calls.exportEverything(proof), ['export']],
  ['erasing', (calls, proof) => calls.eraseAccount(proof, { phrase: 'words' }), ['erase']],
])('W19 %s asks for a secret of hers first', async (_, call, done) => {
  const { calls, asked } = createCalls()
  for (const proof of [undefined, { pin: '1397' }])
    await expect(call(calls, proof)).rejects.toMatchObject({ code: 'store/wrong-secret' })
  expect(asked).toEqual([])
  await call(calls, pin)
  expect(asked).toEqual(done)
})

test('W20 a device is admitted by a word once, after it was met with a secret of hers', async () => {
  const { calls, asked } = createCalls()
  const failed = { code: 'link/failed' }
  await expect(calls.admitMet()).rejects.toMatchObject(failed)
  expect(await calls.meet(pin, 'word', 'Tablet')).toBe('123456')
  await calls.forgetMet()
  await expect(calls.admitMet()).rejects.toMatchObject(failed)
  await calls.meet(pin, 'word', 'Tablet')
  await calls.admitMet()
  await expect(calls.admitMet()).rejects.toMatchObject(failed)
  expect(asked).toEqual(['meet', 'meet', 'confirm'])
})

test('what she replaces here is no news to her, and hides none', async () => {
  const change = { by: { phrase: 'words' }, next: 'passphrase' }
  const quiet = createCalls()
  await quiet.calls.changePassphrase(change)
  expect(quiet.asked).toEqual(['passphrase', 'looked'])
  const busy = createCalls([{}])
  await busy.calls.changePassphrase(change)
  expect(busy.asked).toEqual(['passphrase'])
})
