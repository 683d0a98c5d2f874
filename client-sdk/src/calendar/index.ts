/** The calendar's public names: civil dates, the fields of a day, drip's CSV. Pure; data in, data out. */
export {
  addDays,
  civilDate,
  compare,
  dayOfMonth,
  daysBetween,
  isCivilDate,
  monthOf,
  type CivilDate,
} from './civil-date.ts'
export {
  fieldNames,
  fields,
  isFieldName,
  sqlColumn,
  sqlType,
  type DayChange,
  type DayValues,
  type Field,
  type FieldName,
  type FieldValue,
} from './field.ts'
export { checkDayChange, faultOf, type DayCheck } from './day-check.ts'
export {
  dripCsvMaxBytes,
  parseDripCsv,
  writeDripCsv,
  type DripDay,
  type DripFault,
  type DripImport,
} from './drip-csv.ts'
