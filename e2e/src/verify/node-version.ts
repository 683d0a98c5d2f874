/** The oldest Node the project runs on. npm with `ignore-scripts` leaves the pinned one out, in silence. */

const oldestMajor = 24

/** Says what is wrong with a Node version such as `24.21.0` and what to do, or nothing. */
export function complaintAboutNode(version: string): string | undefined {
  return Number(version.split('.')[0]) >= oldestMajor
    ? undefined
    : `Selene runs on Node ${oldestMajor} or later and this is ${version}. Run it through npm ("npm test"), which uses the pinned Node; if that is missing, run "npm ci" without --ignore-scripts.`
}
