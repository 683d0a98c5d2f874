import { expect, test } from 'vitest'
import { Problem } from './problem.ts'
import { isShapeName, shapeRequest } from './shape.ts'
import { rowFromShape } from './table.ts'
import { docUpdates } from './tables/doc-updates.ts'
import type { VaultId } from './id.ts'

const vault = '0190163d-8694-839b-aea5-966c26f8ad91'
const values = {
  vault_id: vault,
  doc_id: vault,
  device_id: vault,
  doc_seq: '7',
  envelope: '\\x00ff',
}

test('a row of the stream is read by the columns of its table', () => {
  expect(rowFromShape(docUpdates, values)).toEqual({
    ...values,
    doc_seq: 7,
    envelope: Uint8Array.of(0, 255),
  })
})

test('a missing column or a value of another type is unintelligible, and the value is not repeated', () => {
  const wrong = [
    { doc_seq: undefined },
    { doc_seq: null },
    { doc_seq: 'planted' },
    { doc_seq: '1.5' },
    { doc_id: 'planted' },
    { envelope: 'planted' },
    { envelope: '\\xplanted' },
  ]
  for (const change of wrong)
    try {
      rowFromShape(docUpdates, { ...values, ...change })
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(Problem)
      expect((error as Problem).code).toBe('server/unintelligible')
      expect((error as Problem).message).not.toContain('planted')
    }
})

test('a shape asks for the rows of its reader and for nothing else', () => {
  expect(shapeRequest('vault_log', vault as VaultId)).toEqual({
    table: 'public.vault_log',
    columns: ['vault_id', 'seq', 'entry'],
    where: '"vault_id" = $1',
    params: [vault],
  })
  expect(isShapeName('accounts')).toBe(false)
  expect(isShapeName('constructor')).toBe(false)
})
