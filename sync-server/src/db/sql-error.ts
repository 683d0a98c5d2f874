/**
 * What is left of a driver's error: its SQLSTATE and, where there are any, the constraint and the place in
 * the statement. Drivers put
 * rows, parameters and statements into messages and fields, and errors end up in logs.
 */

/** Classes whose messages quote data: data exceptions, integrity violations, view checks. */
const quotesData = /^(22|23|44)/

interface DriverError extends Error {
  /** SQLSTATE (PostgreSQL documentation, Appendix A). */
  readonly code: string
  readonly constraint?: string
  /** Where in the statement, counted in letters from 1. */
  readonly position?: string | number
}

const isDriverError = (error: unknown): error is DriverError =>
  error instanceof Error && 'severity' in error && 'code' in error && typeof error.code === 'string'

/** A driver's error without values; any other error as it is. */
function withoutValues(error: unknown): unknown {
  if (!isDriverError(error)) return error
  const { code, constraint, position } = error
  const what = quotesData.test(code) ? 'the values do not fit' : error.message
  const named = constraint ? `, constraint ${constraint}` : ''
  return Object.assign(new Error(`Postgres refused a statement (${code}${named}): ${what}`), {
    code,
    ...(constraint && { constraint }),
    ...(position !== undefined && { position: Number(position) }),
  })
}

/** Runs a call of a driver and rejects with its error without values. */
export async function callDriver<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw withoutValues(error)
  }
}
