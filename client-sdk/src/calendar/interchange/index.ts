/** What comes in from files of other programs and goes out to them; pure, as the calendar is. */
export { parseImport, type ImportOptions } from './import-file.ts'
export { parseDripCsv, writeDripCsv } from './drip-csv.ts'
export { parseMappedCsv } from './mapped-csv.ts'
export { csvColumnWords, sniffCsv, type CsvQuestion, type CsvSniff } from './csv-sniff.ts'
export type { CellKind, CsvColumn } from './csv-column.ts'
export type {
  ColumnMapping,
  CsvMapping,
  DateColumn,
  ValueColumn,
  WordsColumn,
} from './csv-mapping.ts'
export { dateOrders, type DateOrder } from './written-date.ts'
export { writeDiaryJson, type DiaryBackup } from './diary-json.ts'
export { importMaxBytes, type ImportSource } from './source-text.ts'
export type {
  FaultReason,
  FileList,
  FilePlace,
  ImportFault,
  SimpleFaultCode,
} from './import-fault.ts'
export type {
  FailureReason,
  ImportedDiary,
  ImportFailure,
  ImportFormat,
  ImportRemark,
  ParsedDiary,
  RemarkCode,
  UnknownName,
} from './parsed-diary.ts'
