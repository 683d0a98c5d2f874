/** Lets whoever waits for the thread have it before long work goes on. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
