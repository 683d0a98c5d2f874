/**
 * Spreadsheets run cells that begin with `=`, `+`, `-` or `@` as formulas (CWE-1236). Such a text is
 * written behind an apostrophe, as is one with apostrophes before it; reading takes one away again. The
 * one text of another program that this changes is an apostrophe before a formula.
 */
const formula = /^'*\s*[=+\-@]/

/** The text as a cell that no spreadsheet runs. */
export const withGuard = (text: string): string => (formula.test(text) ? `'${text}` : text)

/** The text of a cell that {@link withGuard} may have written. */
export const withoutGuard = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell
