/** Which of her secrets she opened the diary with last, so that the right field is shown first; it is not what it is. */

export const ways = ['pin', 'passphrase', 'recovery'] as const
export type Way = (typeof ways)[number]

const storageKey = 'notes.opened-with'

export function usualWay(): Way {
  const last = localStorage.getItem(storageKey)
  return ways.find((way) => way === last) ?? 'pin'
}

export const rememberWay = (way: Way): void => localStorage.setItem(storageKey, way)
