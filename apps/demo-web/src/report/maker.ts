/** Makes reports from orders; runs in a worker of its own, so that neither the page nor an SOS waits for it. */
import {
  createFhirBundle,
  createPdfReport,
  englishReport,
  germanReport,
  type ReportFonts,
  type ReportWords,
} from '@selene/client-sdk/report'
import { reportCharts, type FhirOrder, type PdfOrder, type ReportOrder } from './order.ts'

export interface ReportMaker {
  pdf(order: PdfOrder): Promise<Blob>
  fhir(order: FhirOrder): Promise<Blob>
}

const wordsOf: Readonly<Record<ReportOrder['language'], ReportWords>> = {
  en: englishReport,
  de: germanReport,
}

export const createReportMaker = (loadFonts: () => Promise<ReportFonts>): ReportMaker => ({
  async pdf(order) {
    const { language, showsFertility: _, phaseNames: __, ...input } = order
    const words = wordsOf[language]
    const bytes = await createPdfReport({
      ...input,
      words,
      fonts: await loadFonts(),
      ...(order.contents.includes('charts') && { charts: reportCharts(order, words) }),
    })
    return new Blob([new Uint8Array(bytes)], { type: 'application/pdf' })
  },

  async fhir({ language, name, ...input }) {
    const bundle = createFhirBundle({
      ...input,
      words: wordsOf[language],
      ...(name !== undefined && { patient: { name } }),
    })
    return new Blob([JSON.stringify(bundle, undefined, 2)], { type: 'application/fhir+json' })
  },
})
