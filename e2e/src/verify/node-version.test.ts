import { expect, test } from 'vitest'
import { complaintAboutNode } from './node-version.ts'

test('Node 24 and later will do; of an older one it says what to do', () => {
  expect(['24.0.0', '24.21.0', '26.1.0'].map(complaintAboutNode)).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  expect(complaintAboutNode('20.20.2')).toMatch(/20\.20\.2.*npm ci/)
  expect(complaintAboutNode('8.0.0')).toBeDefined()
})
