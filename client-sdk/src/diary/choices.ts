/**
 * Choices: a closed list of named values, each a register `setting|<name>` of a document. What another version
 * wrote under a name or value that is not known here is passed over and kept.
 */
import * as v from 'valibot'
import type { Content } from '../docs/documents.ts'
import {
  readRegisters,
  writeRegister,
  type Register,
  type RegisterValue,
} from '../docs/register.ts'

/** The possible values of each choice. */
export type Definitions = Readonly<Record<string, v.GenericSchema<RegisterValue>>>

/** What is chosen: absent values have not been set. */
export type Chosen<D extends Definitions> = { readonly [K in keyof D]?: v.InferOutput<D[K]> }

/** `null` takes a choice back, an absent one stays as it is. */
export type Choosing<D extends Definitions> = {
  readonly [K in keyof D]?: v.InferOutput<D[K]> | null
}

/** One value that a device chose. */
export interface ChoiceEdit {
  readonly name: string
  /** `null` = taken back. */
  readonly value: RegisterValue
  /** Milliseconds since 1970 by the writer's clock. */
  readonly at: number
  /** A member's id. */
  readonly writer: string
  /** Whether this is the value that holds. */
  readonly shown: boolean
}

type Registers = ReadonlyMap<string, readonly Register[]>

export interface Choices<D extends Definitions> {
  /** Says why choices cannot be as given: one line each, without a value. */
  faults(change: object): string[]
  read(registers: Registers): Chosen<D>
  /** Every possible value that any device chose, of each name the one that holds first. */
  edits(registers: Registers): ChoiceEdit[]
  write(doc: Content, author: { writer: string; at: number }, change: Choosing<D>): void
}

const prefix = 'setting|'

/** @param owner What a fault calls the list. */
export function defineChoices<const D extends Definitions>(
  definitions: D,
  owner: string,
): Choices<D> {
  const isName = (name: string): name is keyof D & string => Object.hasOwn(definitions, name)
  const isPossible = (name: keyof D, value: unknown): boolean => v.is(definitions[name]!, value)
  return {
    faults: (change) =>
      Object.entries(change).flatMap(([name, value]: [string, unknown]) => {
        if (!isName(name)) return [`a setting of this change is not in the ${owner}`]
        if (value === null || isPossible(name, value)) return []
        return [`${name}: the value is not one of the possible ones`]
      }),

    read: (registers) =>
      Object.fromEntries(
        Object.keys(definitions).flatMap((name) => {
          const value = registers.get(prefix + name)?.[0]?.value
          return isPossible(name, value) ? [[name, value]] : []
        }),
      ) as Chosen<D>,

    edits: (registers) =>
      Object.keys(definitions).flatMap((name) =>
        (registers.get(prefix + name) ?? []).flatMap(({ writer, at, value }, i) =>
          value === null || isPossible(name, value)
            ? [{ name, value, at, writer, shown: i === 0 }]
            : [],
        ),
      ),

    write(doc, author, change) {
      const registers = readRegisters(doc)
      for (const [name, value] of Object.entries(change) as [string, RegisterValue][]) {
        const subject = prefix + name
        writeRegister(doc, registers.get(subject) ?? [], { ...author, subject, value })
      }
    },
  }
}
