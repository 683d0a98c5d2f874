import { describe, expect, test } from 'vitest'
import { passphraseStrength } from '../../crypto/passphrase-strength.ts'
import { assertStrong, kindOf } from './secret.ts'

const weak = { code: 'store/weak-secret' }

describe('K10 a PIN', () => {
  test.each(['2580', '1212', '1357924', '２５８０', 'a1b2'])('%s is taken', async (pin) => {
    await assertStrong({ pin })
  })

  test.each(['', '258', '0000', '1234', '9876', '１２３４', 'abcd', 'aaaaaaaa'])(
    '%s is too easy',
    async (pin) => {
      await expect(assertStrong({ pin })).rejects.toMatchObject(weak)
    },
  )
})

describe('K10 a passphrase', () => {
  test.each([
    '',
    'password',
    'correct horse battery staple',
    'seven lamps by the river',
    'sieben lampen am fluss',
    'Selene2026!Selene2026!',
    'a'.repeat(1_000),
  ])('%s is too easy', async (passphrase) => {
    await expect(assertStrong({ passphrase })).rejects.toMatchObject({
      ...weak,
      detail: expect.stringContaining('add words'),
    })
  })

  test.each([
    'crater vivid uncle jogging maple lantern',
    'mondlicht gabel treppe wolke ziegel birne',
    'x9#Lq2!vR7zTp4&wK8nB',
  ])('%s is taken', async (passphrase) => {
    await assertStrong({ passphrase })
  })

  test('is judged without what stands between its words, and as it will be used', async () => {
    const words = 'crater vivid uncle jogging maple'
    const { bits } = await passphraseStrength(words)
    expect(await passphraseStrength(words.replaceAll(' ', '-'))).toMatchObject({ bits })
    expect(await passphraseStrength(words.replaceAll(' ', '\u00a0'))).toMatchObject({ bits })
  })

  test('says what is weak in words of the estimator, and nothing of itself', async () => {
    const problem = await assertStrong({ passphrase: 'aaaaaaaaaaaa' }).catch(
      (error: unknown) => error,
    )
    expect(problem).toMatchObject({ ...weak, faults: ['simpleRepeat'] })
    expect(JSON.stringify(problem)).not.toContain('aaaa')
  })
})

test('a secret is of one kind', () => {
  expect(
    [{ pin: '' }, { passphrase: '' }, { recovery: '' }, { platform: true } as const].map(kindOf),
  ).toEqual(['pin', 'passphrase', 'recovery', 'platform'])
})
