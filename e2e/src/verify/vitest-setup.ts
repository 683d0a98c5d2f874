/** Refuses to run tests on a Node the project was not tried on. */
import { complaintAboutNode } from './node-version.ts'

const complaint = complaintAboutNode(process.versions.node)
if (complaint) throw new Error(complaint)
