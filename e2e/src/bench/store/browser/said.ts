/** What the worker of the comparison says. */
export type Said =
  | { readonly progress: string }
  | { readonly failed: string }
  /** Milliseconds by what was done, of each kind of store. */
  | { readonly taken: Readonly<Record<'plain' | 'sealed' | 'image', Steps>> }

type Steps = readonly (readonly [string, readonly number[]])[]
