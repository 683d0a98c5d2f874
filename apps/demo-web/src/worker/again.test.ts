import { expect, test } from 'vitest'
import { argumentsAgain } from './again.ts'

test.each([
  ['edit', ['2026-03-02', {}], ['2026-03-02', {}]],
  ['raise', [{ kind: 'sos' }], [{ kind: 'sos' }, 'again']],
  ['arm', [{ seconds: 10 }, 'again'], [{ seconds: 10 }, 'again']],
  ['removeMember', [{ pin: '2580' }, 'id'], [{ pin: '2580' }, 'id']],
  ['create', [{ pin: '2580' }], undefined],
  ['admit', [{ pin: '2580' }, 'code', 'Tablet'], undefined],
  ['register', [{}], undefined],
  ['putEpisode', [{}], undefined],
  ['commitImport', ['id'], undefined],
] as const)('C111 %s is called again only where twice is once', (name, args, again) => {
  expect(argumentsAgain(name, args)).toEqual(again)
})
