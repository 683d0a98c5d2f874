import { describe, expect, test } from 'vitest'
import { parseLengthFile } from './length-file.ts'

const cycle = (length: number, ovulationDay?: number) => ({ length, ovulationDay })

describe('parseLengthFile', () => {
  test.each([
    ['user,cycle length,ovulation day', ','],
    ['ClientID,LengthofCycle,EstimatedDayofOvulation', ','],
    ['"user_id";"Cycle_Length";"Ovulation"', ';'],
    ['patient,length,day of ovulation', ','],
    ['\uFEFFid\tlength\tovulation_day', '\t'],
  ])('finds its columns in %j', (heading, separator) => {
    const rows = [
      ['a', '28', '14'],
      ['b', '31', ''],
      ['a', '27', '13'],
    ].map((row) => row.join(separator))
    expect(parseLengthFile([heading, ...rows, ''].join('\r\n'))).toEqual([
      [cycle(28, 14), cycle(27, 13)],
      [cycle(31)],
    ])
  })

  test('leaves out rows without a whole length, and needs no ovulation', () => {
    expect(parseLengthFile('note,user,length\nx,a,28\nx,a,\nx,a,27.5\nx,a,0\nx,a,29')).toEqual([
      [cycle(28), cycle(29)],
    ])
  })

  test('takes no number or mean for the length, and a blank person for the one above', () => {
    const heading = 'client id,cycle,mean cycle length,cycle length,ovulation sign,ovulation day'
    const rows = ['a,1,30,28,yes,14', ',2,30,32,no,', 'b,1,27,27,yes,13']
    expect(parseLengthFile([heading, ...rows].join('\n'))).toEqual([
      [cycle(28, 14), cycle(32)],
      [cycle(27, 13)],
    ])
  })

  test.each(['', 'user,days\na,28', 'cycle length\n28'])('refuses %j', (text) => {
    expect(() => parseLengthFile(text)).toThrow('needs a column')
  })
})
