import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cyclePhases, phasesOfCycle } from './phase.ts'

const spans = (phases: readonly string[]): string =>
  cyclePhases.map((phase) => phases.filter((one) => one === phase).length).join(' ')

test('a cycle of 28 days with ovulation on day 15', () => {
  const phases = phasesOfCycle({ length: 28, bleedingDays: 5, ovulationDay: 15 })
  expect(spans(phases)).toBe('5 8 3 7 5')
  expect([phases[4], phases[5], phases[12], phases[13], phases[15], phases[16]]).toEqual([
    'menstrual',
    'follicular',
    'follicular',
    'ovulatory',
    'ovulatory',
    'luteal',
  ])
  expect([phases[22], phases[23]]).toEqual(['luteal', 'premenstrual'])
})

test('bleeding comes before ovulation, and ovulation before what follows it', () => {
  expect(spans(phasesOfCycle({ length: 21, bleedingDays: 8, ovulationDay: 8 }))).toBe('8 0 1 7 5')
  expect(spans(phasesOfCycle({ length: 20, bleedingDays: 4, ovulationDay: 17 }))).toBe('4 11 3 0 2')
})

test('every day has a phase, in the order of phases', () => {
  const rules = fc.integer({ min: 1, max: 99 }).chain((length) =>
    fc.record({
      length: fc.constant(length),
      bleedingDays: fc.integer({ min: 1, max: length }),
      ovulationDay: fc.integer({ min: 1, max: length }),
    }),
  )
  fc.assert(
    fc.property(rules, ({ length, bleedingDays, ovulationDay }) => {
      const phases = phasesOfCycle({ length, bleedingDays, ovulationDay })
      expect(phases).toHaveLength(length)
      expect(phases.slice(0, bleedingDays).every((phase) => phase === 'menstrual')).toBe(true)
      // Ovulation within the last five days splits what comes before the next period.
      if (ovulationDay > length - 6) return
      const order = phases.map((phase) => cyclePhases.indexOf(phase))
      expect(order).toEqual(order.toSorted((a, b) => a - b))
    }),
  )
})
