/** The worker that makes reports. It is started for one of them and ends with it. */
import { expose } from 'comlink'
import { transferFaults } from '../worker/fault-transfer.ts'
import { unexpected } from '../worker/fault.ts'
import { loadFonts } from './fonts.ts'
import { createReportMaker } from './maker.ts'

// Of what goes wrong here nothing but that it did concerns the page.
transferFaults(() => unexpected)
expose(createReportMaker(loadFonts))
