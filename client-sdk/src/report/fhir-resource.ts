/** The part of FHIR R4 (4.0.1) that the export uses, as types. */

export interface Coding {
  readonly system: string
  readonly code: string
  readonly display?: string
}

export interface CodeableConcept {
  readonly coding?: readonly Coding[]
  readonly text: string
}

export interface Quantity {
  readonly value: number
  readonly unit: string
  readonly system: 'http://unitsofmeasure.org'
  readonly code: string
}

export interface Reference {
  readonly reference: string
}

export interface Narrative {
  readonly status: 'generated'
  /** XHTML. */
  readonly div: string
}

interface Annotation {
  readonly text: string
}

export interface FhirPatient {
  readonly resourceType: 'Patient'
  readonly language: string
  readonly text: Narrative
  readonly name?: readonly { readonly text: string }[]
  readonly birthDate?: string
}

export interface FhirObservation {
  readonly resourceType: 'Observation'
  readonly text: Narrative
  readonly status: 'final'
  readonly category: readonly CodeableConcept[]
  readonly code: CodeableConcept
  readonly subject: Reference
  readonly effectiveDateTime?: string
  readonly effectivePeriod?: { readonly start: string; readonly end: string }
  readonly performer: readonly Reference[]
  readonly valueQuantity?: Quantity
  readonly valueCodeableConcept?: CodeableConcept
  readonly valueDateTime?: string
  readonly note?: readonly Annotation[]
  readonly method?: CodeableConcept
}

export interface FhirComposition {
  readonly resourceType: 'Composition'
  readonly language: string
  readonly text: Narrative
  readonly status: 'final'
  readonly type: CodeableConcept
  readonly subject: Reference
  readonly date: string
  readonly author: readonly Reference[]
  readonly title: string
  readonly section: readonly {
    readonly title: string
    readonly text: Narrative
    readonly entry?: readonly Reference[]
  }[]
}

export interface FhirEntry {
  readonly fullUrl: string
  readonly resource: FhirPatient | FhirObservation | FhirComposition
}

/** Entries that belong together; the first is the narrative, the second the patient. */
export interface FhirBundle {
  readonly resourceType: 'Bundle'
  readonly language: string
  readonly identifier: { readonly system: 'urn:ietf:rfc:3986'; readonly value: string }
  readonly type: 'collection'
  readonly entry: readonly FhirEntry[]
}
