import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gunzipSync } from 'node:zlib'
import { Ajv, type ValidateFunction } from 'ajv'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import { addDays, civilDate } from '../calendar/civil-date.ts'
import { cyclesFromDays } from '../calendar/cycle.ts'
import type { DayValues } from '../calendar/field.ts'
import { fields, fieldNames } from '../calendar/field.ts'
import { createFhirBundle, type FhirInput } from './fhir-bundle.ts'
import { findingKinds } from './fhir-codes.ts'
import type { FhirBundle, FhirObservation } from './fhir-resource.ts'
import { germanReport } from './german.ts'
import { sampleReport } from './sample-diary.ts'

const id = '0b5c1f0e-5d3a-4c62-9e0f-3a1b2c3d4e5f'
const input: FhirInput = { ...sampleReport, id }

interface Schema {
  readonly id: string
  readonly definitions: Record<string, object>
}

/**
 * A validator made of HL7's JSON schema for FHIR R4 (4.0, public domain; descriptions are left out of the
 * fixture). Only the resources that a bundle of ours may have are compiled: it is stricter, and quick.
 */
function createValidator(): ValidateFunction {
  const file = readFileSync(new URL('fhir-r4.schema.json.gz', import.meta.url))
  const { id: name, ...schema } = JSON.parse(gunzipSync(file).toString()) as Schema
  const ajv = new Ajv({ strict: false })
  ajv.addMetaSchema(createRequire(import.meta.url)('ajv/dist/refs/json-schema-draft-06.json'))
  const ours = ['Composition', 'Patient', 'Observation']
  ajv.addSchema({
    ...schema,
    $id: name,
    definitions: {
      ...schema.definitions,
      ResourceList: { oneOf: ours.map((kind) => ({ $ref: `#/definitions/${kind}` })) },
    },
  })
  return ajv.getSchema(`${name}#/definitions/Bundle`)!
}
const isValid = createValidator()

/** Whether it is a valid bundle once written and read as JSON. */
function expectValid(bundle: FhirBundle): void {
  const ok = isValid(JSON.parse(JSON.stringify(bundle)))
  expect(ok, JSON.stringify(isValid.errors?.slice(0, 3))).toBe(true)
}

const observationsOf = ({ entry }: FhirBundle): FhirObservation[] =>
  entry.flatMap(({ resource }) => (resource.resourceType === 'Observation' ? [resource] : []))

/** Observations that have a code. */
const withCode = (bundle: FhirBundle, code: string): FhirObservation[] =>
  observationsOf(bundle).filter((each) => each.code.coding?.some((coding) => coding.code === code))

describe('the validator', () => {
  test('refuses what is not FHIR', () => {
    const bundle = createFhirBundle(input)
    const [first, second, ...rest] = bundle.entry
    const broken = (change: object) => ({
      ...bundle,
      entry: [{ ...first, resource: { ...first!.resource, ...change } }, second, ...rest],
    })
    expect(isValid(broken({}))).toBe(true)
    expect(isValid(broken({ status: 'nonsense' }))).toBe(false)
    expect(isValid(broken({ unknown: 1 }))).toBe(false)
    expect(isValid({ ...bundle, type: 'heap' })).toBe(false)
  })
})

describe('a bundle', () => {
  test('is valid FHIR R4 in both languages, with and without a name', () => {
    expectValid(createFhirBundle(input))
    expectValid(
      createFhirBundle({
        ...input,
        words: germanReport,
        patient: { name: 'Zoë <b>&', birthDate: civilDate('1990-02-28')! },
        findings: findingKinds,
        menarcheAge: 12.5,
      }),
    )
    expectValid(createFhirBundle({ ...input, days: [], cycles: [], insights: [] }))
  })

  test('is valid for any day', () => {
    const anyValue: Record<string, fc.Arbitrary<unknown>> = {}
    for (const name of fieldNames) {
      const field = fields[name]
      anyValue[name] =
        field.kind === 'integer'
          ? fc.integer({ min: field.min, max: field.max })
          : field.kind === 'decimal'
            ? fc.double({ min: field.min, max: field.max, noNaN: true })
            : field.kind === 'flag'
              ? fc.boolean()
              : field.kind === 'time'
                ? fc.constant('06:30')
                : field.kind === 'text'
                  ? fc.string({ minLength: 1 })
                  : fc.uniqueArray(fc.string({ minLength: 1, unit: 'binary' }), { maxLength: 3 })
    }
    const values = fc.record(anyValue, { requiredKeys: [] }) as fc.Arbitrary<DayValues>
    fc.assert(
      fc.property(fc.array(values, { maxLength: 8 }), (all) => {
        const days = all.map((each, index) => ({
          date: addDays(input.range.from, index * 3),
          values: each,
        }))
        expectValid(createFhirBundle({ ...input, days, cycles: cyclesFromDays(days).cycles }))
      }),
      { numRuns: 40 },
    )
  })

  test('names each entry once, and refers to nothing outside', () => {
    const bundle = createFhirBundle({ ...input, findings: findingKinds })
    const urls = bundle.entry.map(({ fullUrl }) => fullUrl)
    expect(new Set(urls).size).toBe(urls.length)
    for (const url of urls)
      expect(url).toMatch(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    const references = JSON.stringify(bundle).matchAll(/"reference":"([^"]+)"/g)
    for (const [, reference] of references) expect(urls).toContain(reference)
  })

  test('is the same for the same input, and needs a UUID', () => {
    expect(createFhirBundle(input)).toEqual(createFhirBundle(input))
    expect(() => createFhirBundle({ ...input, id: 'mine' })).toThrow(TypeError)
  })

  test('identifies nobody, unless a name is given', () => {
    const patientOf = (bundle: FhirBundle) => bundle.entry[1]!.resource
    expect(Object.keys(patientOf(createFhirBundle(input)))).toEqual([
      'resourceType',
      'language',
      'text',
    ])
    const named = createFhirBundle({ ...input, patient: { name: 'Zoë' } })
    expect(patientOf(named)).toMatchObject({ name: [{ text: 'Zoë' }] })
  })

  test('leaves out notes and what concerns sex', () => {
    const text = JSON.stringify(createFhirBundle(input))
    for (const secret of ['NOTE-TEXT', 'SECRET-SEX', 'fever', 'sex.', 'desire'])
      expect(text).not.toContain(secret)
  })

  test('leaves out days and cycles that are not of the range', () => {
    const bundle = createFhirBundle({
      ...input,
      range: { from: input.range.from, to: addDays(input.range.from, 2) },
    })
    const dates = observationsOf(bundle).flatMap((each) => each.effectiveDateTime ?? [])
    expect(new Set(dates)).toEqual(
      new Set(['2026-01-05', '2026-01-06', '2026-01-07', input.madeOn]),
    )
  })
})

describe('observations', () => {
  const bundle = createFhirBundle({ ...input, findings: findingKinds, menarcheAge: 12.5 })

  test('the last period is LOINC 8665-2 with a date', () => {
    expect(withCode(bundle, '8665-2')).toEqual([
      expect.objectContaining({
        status: 'final',
        effectiveDateTime: '2026-04-10',
        valueDateTime: '2026-03-31',
      }),
    ])
  })

  test('each complete cycle has its length, from its first day to its last', () => {
    const cycles = withCode(bundle, '364310004')
    expect(cycles.map(({ valueQuantity }) => valueQuantity?.value)).toEqual([28, 30, 27])
    expect(cycles[0]).toMatchObject({
      effectivePeriod: { start: '2026-01-05', end: '2026-02-01' },
      valueQuantity: { unit: 'd', code: 'd', system: 'http://unitsofmeasure.org' },
    })
  })

  test('duration of flow is told in words, not with the code of frequency', () => {
    const durations = observationsOf(bundle).filter(
      ({ code }) => code.text === 'Duration of menstrual flow',
    )
    expect(durations.map(({ valueQuantity }) => valueQuantity?.value)).toEqual([3, 3, 3])
    for (const { code } of durations) expect(code.coding).toBeUndefined()
  })

  test('usual length and frequency', () => {
    expect(withCode(bundle, '161716008')[0]?.valueQuantity?.value).toBe(28.33)
    expect(withCode(bundle, '289887006')[0]?.valueQuantity?.value).toBe(28)
    expect(withCode(bundle, '364306002')).toHaveLength(1)
  })

  test('flow of a day is her own level, spotting too', () => {
    const levels = withCode(bundle, '364308001').map(
      ({ valueCodeableConcept }) => valueCodeableConcept?.coding?.[0]?.code,
    )
    expect(levels.slice(0, 4)).toEqual([
      'flow-light',
      'flow-heavy',
      'flow-moderate',
      'flow-spotting',
    ])
    expect(levels).toHaveLength(16)
  })

  test('waking temperatures are vital signs in degrees Celsius; what was left out is not there', () => {
    const temperatures = withCode(bundle, '8310-5')
    expect(temperatures.map(({ valueQuantity }) => valueQuantity?.value)).toEqual([
      36.4, 36.75, 36.4, 36.75, 36.4, 36.75, 36.4,
    ])
    expect(temperatures[0]).toMatchObject({
      category: [{ coding: [{ code: 'vital-signs' }] }],
      code: { coding: [{ code: '8310-5' }, { code: '300076005' }] },
      method: { coding: [{ code: '281660007' }] },
      valueQuantity: { code: 'Cel', unit: '°C' },
    })
  })

  test('symptoms have a code where there is one, and always words', () => {
    const symptoms = withCode(bundle, '75325-1').map(({ valueCodeableConcept }) => [
      valueCodeableConcept?.text,
      valueCodeableConcept?.coding?.[0]?.code,
    ])
    expect(symptoms).toContainEqual(['Cramps', '431416001'])
    expect(symptoms).toContainEqual(['Anxious', '48694002'])
    expect(symptoms).toContainEqual(['Sad', undefined])
    expect(symptoms).toContainEqual(['dizzy', undefined])
    expect(withCode(bundle, '38208-5')[0]?.valueCodeableConcept).toEqual({
      coding: [{ system: 'http://snomed.info/sct', code: '6736007', display: 'Moderate' }],
      text: 'moderate',
    })
  })

  test('findings and menarche have the codes of SNOMED CT', () => {
    const findings = observationsOf(bundle).filter(
      ({ code }) => code.text === 'Finding from the diary',
    )
    expect(
      findings.map(({ valueCodeableConcept }) => valueCodeableConcept?.coding?.[0]?.code),
    ).toEqual(['386692008', '14302001', '80182007', '237130006'])
    expect(withCode(bundle, '398700009')[0]?.valueQuantity).toMatchObject({
      value: 12.5,
      code: 'a',
    })
  })

  test('each says that it is self-reported or calculated, and by whom', () => {
    for (const { note, performer, subject } of observationsOf(bundle)) {
      expect(note?.[0]?.text).toMatch(/not confirmed by a clinician/)
      expect(performer).toEqual([subject])
    }
  })
})

describe('narratives', () => {
  test('are well-formed XHTML, whatever was written', () => {
    const tag = `<script>"'&]]>\u0000\uD800`
    const bundle = createFhirBundle({
      ...input,
      insights: [tag],
      patient: { name: tag },
      days: [{ date: input.range.from, values: { 'symptom.tags': [tag] } }],
    })
    const divs = JSON.stringify(bundle).matchAll(/"div":("(?:[^"\\]|\\.)*")/g)
    let count = 0
    for (const [, div] of divs) {
      const parser = new SaxesParser({ xmlns: true })
      parser.on('error', (error) => {
        throw error
      })
      parser.write(JSON.parse(div!) as string).close()
      count += 1
    }
    expect(count).toBeGreaterThanOrEqual(4)
    expect(JSON.stringify(bundle.entry.map(({ resource }) => resource.text.div))).not.toContain(
      '<script',
    )
  })

  test('the composition says what this is not, and what stands out', () => {
    const composition = createFhirBundle(input).entry[0]!.resource
    const text = JSON.stringify(composition)
    expect(text).toContain('Not contraception, not a diagnosis.')
    expect(text).toContain('<li>INSIGHT-TEXT one</li>')
    expect(text).toContain('<th>Length, median</th><td>28 days</td>')
  })
})
