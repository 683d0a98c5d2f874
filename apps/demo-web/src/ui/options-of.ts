/** Answers by their value as options of chips, in the order of the texts. */
export const optionsOf = <T extends string>(
  labels: Readonly<Record<T, string>>,
): { value: T; label: string }[] =>
  (Object.entries(labels) as [T, string][]).map(([value, label]) => ({ value, label }))
