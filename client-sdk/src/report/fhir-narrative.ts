/** The human-readable part of FHIR resources: a restricted XHTML, made of text alone. */
import { soundText, xmlText } from '../charts/xml-text.ts'
import type { Narrative } from './fhir-resource.ts'

/** A part of a narrative. */
export type Block =
  | { readonly kind: 'heading' | 'paragraph'; readonly text: string }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly [string, string])[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }

function blockXhtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h3>${xmlText(block.text)}</h3>`
    case 'paragraph':
      return `<p>${xmlText(block.text)}</p>`
    case 'rows':
      return `<table>${block.rows
        .map(([name, value]) => `<tr><th>${xmlText(name)}</th><td>${xmlText(value)}</td></tr>`)
        .join('')}</table>`
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${xmlText(item)}</li>`).join('')}</ul>`
  }
}

/** A narrative of blocks; empty rows and lists are left out, since FHIR wants no empty elements. */
export function narrative(blocks: readonly Block[]): Narrative {
  const kept = blocks.filter(
    (block) =>
      !(block.kind === 'rows' && block.rows.length === 0) &&
      !(block.kind === 'list' && block.items.length === 0),
  )
  return {
    status: 'generated',
    div: `<div xmlns="http://www.w3.org/1999/xhtml">${kept.map(blockXhtml).join('')}</div>`,
  }
}

/**
 * A text as FHIR's `string` may hold it: no control characters, no blanks but the plain one, tab and line
 * ends, none around it. What is empty then must be left out.
 */
export const fhirString = (text: string): string =>
  soundText(text)
    .replaceAll(/[^\S \r\n\t]/gu, ' ')
    .trim()

/** A narrative of one sentence. */
export const sentence = (text: string): Narrative => narrative([{ kind: 'paragraph', text }])
