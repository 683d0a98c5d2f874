/**
 * The diary of a range as a FHIR R4 bundle for a clinician's system. It identifies nobody unless a name
 * is given, and leaves out notes, predictions and what concerns sex. Same input, same bundle.
 */
import type { CivilDate } from '../calendar/civil-date.ts'
import { dateText, fill } from '../charts/wording.ts'
import { codes, type FindingKind } from './fhir-codes.ts'
import { fhirString, narrative, sentence } from './fhir-narrative.ts'
import {
  cycleObservations,
  dayObservations,
  findingObservation,
  menarcheObservation,
  rangeObservations,
  type Teller,
} from './fhir-observations.ts'
import type {
  FhirBundle,
  FhirComposition,
  FhirEntry,
  FhirObservation,
  FhirPatient,
  Reference,
} from './fhir-resource.ts'
import { reportFacts } from './report-facts.ts'
import { reportedCycles, reportedDays, type ReportInput } from './report-input.ts'
import { factRows } from './fact-rows.ts'

export interface FhirInput extends ReportInput {
  /** A UUID (RFC 9562) for this bundle; those of its entries follow from it. */
  readonly id: string
  /** Given only as far as she wishes. */
  readonly patient?: { readonly name?: string; readonly birthDate?: CivilDate }
  /** What an evaluation of the diary found. */
  readonly findings?: readonly FindingKind[]
  /** Age at the first period, years. */
  readonly menarcheAge?: number
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

/** The UUID of an entry: the bundle's, with its number mixed into the last 32 bits. */
function entryUrl(id: string, index: number): string {
  const last = (Number.parseInt(id.slice(-8), 16) ^ index) >>> 0
  return `urn:uuid:${id.slice(0, -8).toLowerCase()}${last.toString(16).padStart(8, '0')}`
}

/** Makes the bundle; throws TypeError when `id` is no UUID. */
export function createFhirBundle(input: FhirInput): FhirBundle {
  const { id, words, madeOn, findings = [], menarcheAge } = input
  if (!uuid.test(id)) throw new TypeError('a bundle needs a UUID')
  const patient: Reference = { reference: entryUrl(id, 2) }
  const teller: Teller = { words, patient }
  const about = [
    ...rangeObservations(reportFacts(input), madeOn, teller),
    ...findings.map((kind) => findingObservation(kind, madeOn, teller)),
    ...(menarcheAge !== undefined && Number.isFinite(menarcheAge)
      ? [menarcheObservation(menarcheAge, madeOn, teller)]
      : []),
  ]
  const observations: FhirObservation[] = [
    ...about,
    ...reportedCycles(input).flatMap((cycle) => cycleObservations(cycle, teller)),
    ...reportedDays(input).flatMap((day) => dayObservations(day, teller)),
  ]
  const entries = observations.map((resource, index): FhirEntry => ({
    fullUrl: entryUrl(id, index + 3),
    resource,
  }))
  const composition = compositionOf(input, { patient, about: entries.slice(0, about.length) })
  return {
    resourceType: 'Bundle',
    language: words.charts.language,
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id.toLowerCase()}` },
    type: 'collection',
    entry: [
      { fullUrl: entryUrl(id, 1), resource: composition },
      { fullUrl: patient.reference, resource: patientOf(input) },
      ...entries,
    ],
  }
}

function patientOf({ words, patient = {} }: FhirInput): FhirPatient {
  const { birthDate } = patient
  const name = fhirString(patient.name ?? '')
  const hasName = name !== ''
  return {
    resourceType: 'Patient',
    language: words.charts.language,
    text: sentence(hasName ? name : words.fhir.author),
    ...(hasName && { name: [{ text: name }] }),
    ...(birthDate && { birthDate }),
  }
}

/** The narrative: the numbers of the summary, what stands out, and what this is not. */
function compositionOf(
  input: FhirInput,
  { patient, about }: { patient: Reference; about: readonly FhirEntry[] },
): FhirComposition {
  const { words, range, madeOn, insights = [] } = input
  const { pdf, charts } = words
  const period = fill(pdf.periodValue, {
    from: dateText(range.from, charts),
    to: dateText(range.to, charts),
  })
  const head = { kind: 'paragraph', text: `${pdf.period}: ${period}. ${pdf.disclaimer}` } as const
  const summary = [
    head,
    { kind: 'rows', rows: factRows(reportFacts(input), words) } as const,
    ...pdf.reading.map((text) => ({ kind: 'paragraph', text }) as const),
  ]
  return {
    resourceType: 'Composition',
    language: charts.language,
    text: narrative([head]),
    status: 'final',
    type: { coding: codes.patientNote, text: words.fhir.title },
    subject: patient,
    date: madeOn,
    author: [patient],
    title: words.fhir.title,
    section: [
      {
        title: pdf.summary,
        text: narrative(summary),
        ...(about.length > 0 && { entry: about.map(({ fullUrl }) => ({ reference: fullUrl })) }),
      },
      ...(insights.length === 0
        ? []
        : [{ title: words.fhir.insights, text: narrative([{ kind: 'list', items: insights }]) }]),
    ],
  }
}
