/** A process of its own, which says how many milliseconds its first prediction took. */
import { tenYears, timeOnce } from './speed.ts'

process.stdout.write(String(timeOnce(tenYears())))
