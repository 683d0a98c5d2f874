/** The part of PDFKit and fontkit that the report uses: neither package brings types of its own. */
declare module 'pdfkit' {
  import type { Font } from 'fontkit'

  export interface StructureElement {
    add(child: StructureElement | StructureContent): StructureElement
    end(): void
  }

  /** A stretch of marked content on one page. */
  export interface StructureContent {
    readonly refs: readonly object[]
  }

  export interface TextOptions {
    readonly lineBreak?: boolean
    readonly baseline?: 'alphabetic'
  }

  export interface DocumentOptions {
    readonly size?: readonly [number, number]
    readonly margin?: number
    readonly autoFirstPage?: boolean
    readonly bufferPages?: boolean
    /** `null` leaves out the standard font, which has no Unicode. */
    readonly font?: null
    readonly pdfVersion?: '1.7'
    readonly tagged?: boolean
    readonly displayTitle?: boolean
    readonly lang?: string
    readonly info?: {
      readonly Title: string
      readonly Creator: string
      readonly CreationDate: Date
    }
  }

  export class PDFDocument {
    constructor(options: DocumentOptions)
    on(event: 'data', listener: (chunk: Uint8Array) => void): this
    on(event: 'end', listener: () => void): this
    on(event: 'error', listener: (error: unknown) => void): this
    addPage(): this
    switchToPage(index: number): unknown
    bufferedPageRange(): { readonly start: number; readonly count: number }
    end(): void

    registerFont(name: string, font: Font): this
    font(name: string): this
    fontSize(size: number): this
    widthOfString(text: string): number
    text(text: string, x: number, y: number, options: TextOptions): this

    save(): this
    restore(): this
    translate(x: number, y: number): this
    scale(factor: number): this
    rect(x: number, y: number, width: number, height: number): this
    /** Position, size and radius of the corners. */
    roundedRect(...box: readonly [number, number, number, number, number]): this
    circle(x: number, y: number, radius: number): this
    moveTo(x: number, y: number): this
    lineTo(x: number, y: number): this
    closePath(): this
    fill(): this
    stroke(): this
    fillColor(color: string, opacity?: number): this
    strokeColor(color: string): this
    lineWidth(width: number): this
    dash(lengths: readonly number[]): this
    undash(): this

    struct(type: string, options?: StructureOptions): StructureElement
    addStructure(element: StructureElement): this
    markStructureContent(tag: string): StructureContent
    markContent(tag: string, options?: { readonly type?: string }): this
    endMarkedContent(): this
  }

  export interface StructureOptions {
    readonly alt?: string
    readonly scope?: 'Column' | 'Row'
    readonly bbox?: readonly [number, number, number, number]
  }
}

declare module 'fontkit' {
  export interface Font {
    hasGlyphForCodePoint(codePoint: number): boolean
    layout(text: string): { readonly advanceWidth: number }
  }
  /** Reads TrueType, OpenType, WOFF and WOFF2; throws when the bytes are none of them. */
  export function create(bytes: Uint8Array): Font
}
