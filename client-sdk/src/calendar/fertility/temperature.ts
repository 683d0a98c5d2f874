/**
 * Temperatures as whole hundredths of a degree Celsius, so that readings compare exactly and no rule
 * depends on how a decimal fraction is stored.
 */

/** Far below what a thermometer shows, far above the error of a product of decimals (36.575 × 100). */
const slack = 1e-6

/** Hundredths of °C of a temperature in °C, rounded half up. */
export const toHundredths = (celsius: number): number => Math.floor(celsius * 100 + 0.5 + slack)

/** Hundredths of °C to the nearest 0.05 °C, as the paper charts of the method have them: 3657 is 3655. */
export const toNearestTwentieth = (hundredths: number): number =>
  5 * Math.floor((hundredths + 2) / 5)
