import type { BrowserContext } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { signUp } from './account-page.ts'
import { bleeding, openDay, storing } from './day-page.ts'
import { expect, test } from './fixtures.ts'
import { expectAccessible, openLanguageTab } from './looks.ts'
import { syncWord, visit } from './screen.ts'
import { press } from './sos-page.ts'

interface SentOps {
  readonly ops: readonly { readonly op_id: string; readonly device_seq: number }[]
}

/** From now on every operation is refused, or taken, in the server's stead. */
async function answerInstead(
  context: BrowserContext,
): Promise<{ refuse(isRefused: boolean): void }> {
  let isRefused = true
  await context.route(/\/v1\/ops$/, async (route) => {
    const { ops } = route.request().postDataJSON() as SentOps
    await route.fulfill({
      json: {
        txid: '1',
        next_device_seq: ops.at(-1)!.device_seq + 1,
        outcomes: ops.map(({ op_id, device_seq }) => ({
          op_id,
          device_seq,
          ...(isRefused ? { outcome: 'rejected', code: 'doc/too-large' } : { outcome: 'applied' }),
        })),
      },
    })
  })
  return { refuse: (next) => void (isRefused = next) }
}

test('C136 what the server refused is looked at, copied, sent again, and given up by her choice', async ({
  server,
  openDevice,
}) => {
  const { context, page: tab } = await openDevice('phone')
  const page = tab()
  const choose = await openLanguageTab(context, server.url)
  await signUp(page, 'refused')
  await expect(syncWord(page, 'Up to date')).toBeVisible()
  const answers = await answerInstead(context)
  await openDay(page, '2026-03-02')
  await storing(page, () => bleeding(page, 'Heavy').check())

  await visit(page, '#/devices')
  await page.getByRole('link', { name: 'Refused changes' }).click()
  const day = page.getByRole('list', { name: 'What it says' }).getByRole('listitem')
  await expect(day).toContainText('2 March')
  await expect(day).toContainText('Bleeding: Heavy')
  await expectAccessible(page, choose)

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    press(page, 'Export these changes'),
  ])
  const copy: unknown = JSON.parse(await readFile(await file.path(), 'utf8'))
  expect(copy).toMatchObject({
    changes: [{ days: [{ date: '2026-03-02', values: { 'bleeding.value': 3 } }] }],
  })

  answers.refuse(false)
  await page.getByRole('button', { name: /^Send again/ }).click()
  await expect(day).toHaveCount(0)

  answers.refuse(true)
  await openDay(page, '2026-03-03')
  await storing(page, () => bleeding(page, 'Light').check())
  await visit(page, '#/aside')
  // Other operations than edits are refused too.
  const light = page.getByRole('region').filter({ hasText: 'Bleeding: Light' })
  await light.getByRole('button', { name: /^Give up/ }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('stays in the diary on this device')).toBeVisible()
  await dialog.getByRole('button', { name: 'Give up' }).click()
  await expect(light).toHaveCount(0)
  await openDay(page, '2026-03-03')
  await expect(bleeding(page, 'Light')).toBeChecked()
})
