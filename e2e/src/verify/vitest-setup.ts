/** Refuses to run on a Node the project was not tried on: npm with `ignore-scripts` leaves the pinned one out. */
const major = Number(process.versions.node.split('.')[0])
if (major < 24)
  throw new Error(
    `Selene runs on Node 24 or later and this is ${process.versions.node}. Run it through npm ("npm test"), which uses the pinned Node; if that is missing, run "npm ci" without --ignore-scripts.`,
  )
export {}
