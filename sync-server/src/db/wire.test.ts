import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCopyReader, queryMessage } from './wire.ts'

function message(letter: string, body: Uint8Array): Buffer {
  const head = Buffer.alloc(5)
  head.write(letter)
  head.writeUInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

test('a query ends with a zero byte', () => {
  expect(Buffer.from(queryMessage('SELECT é')).toString('latin1')).toBe(
    `Q\0\0\0\x0e${Buffer.from('SELECT é').toString('latin1')}\0`,
  )
})

test('data is handed on whole, however the bytes are cut', () => {
  const bodies = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 20 })
  const cuts = fc.array(fc.nat(200), { maxLength: 20 })
  const property = fc.property(bodies, cuts, (all, lengths) => {
    const other = ['H', 'N', 'c', 'C', 'Z']
    const bytes = Buffer.concat(
      all.flatMap((body, n) => [message('d', body), message(other[n % 5]!, body)]),
    )
    const told: number[][] = []
    const reader = createCopyReader((body) => told.push([...body]))
    let at = 0
    for (const length of [...lengths, bytes.length]) {
      const piece = Uint8Array.from(bytes.subarray(at, at + length))
      reader.read(piece)
      // What it lay in is used again.
      piece.fill(0)
      at += length
    }
    expect(told).toEqual(all.map((body) => [...body]))
    expect(reader.error()).toBeUndefined()
  })
  fc.assert(property)
})

test('an error is what the driver makes of one', () => {
  const reader = createCopyReader(() => {})
  reader.read(message('E', Buffer.from('SERROR\0C22012\0Mdivision by zero\0P8\0\0')))
  expect(reader.error()).toMatchObject({
    message: 'division by zero',
    severity: 'ERROR',
    code: '22012',
    position: '8',
  })
})
