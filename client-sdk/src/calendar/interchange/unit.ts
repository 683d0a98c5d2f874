/** Units in which other programs measure, as ours: °C and kilograms, to the hundredth. */

/** °F as °C, rounded half up to hundredths, as temperatures are evaluated. */
export const celsiusOfFahrenheit = (degrees: number): number =>
  Math.round(((degrees - 32) * 500) / 9) / 100

/** Pounds as kilograms; a pound is 0.45359237 kg by definition (1959). */
export const kilogramsOfPounds = (pounds: number): number => Math.round(pounds * 45.359237) / 100

/**
 * Whether a temperature without a unit can only be °F: what a body can have is 30 to 45 in °C and 86 to
 * 113 in °F, which have no number in common.
 */
export const isFahrenheit = (degrees: number): boolean => degrees >= 86 && degrees <= 113
