/** Shows whether the server is ready, and asks again every ten seconds while the page is seen. */
const everyMilliseconds = 10_000
const element = (id) => document.getElementById(id)

function show(state, text, facts) {
  element('status').dataset.state = state
  // A screen reader announces the text only when it changes.
  if (element('status-text').textContent !== text) element('status-text').textContent = text
  element('facts').hidden = !facts
  if (!facts) return
  element('database').textContent = facts.database === 'pglite' ? 'embedded' : 'PostgreSQL'
  element('schema').textContent = `version ${facts.schema_version}`
  element('protocol').textContent = `version ${facts.wire_version}`
  element('asked').textContent = new Date().toLocaleTimeString()
}

async function ask() {
  try {
    const response = await fetch('/readyz', { cache: 'no-store' })
    if (response.ok) show('ready', 'Ready', await response.json())
    else show('down', 'Not ready yet')
  } catch {
    show('down', 'Not reachable')
  }
}

function askWhileSeen() {
  if (document.visibilityState === 'visible') void ask()
}

document.addEventListener('visibilitychange', askWhileSeen)
setInterval(askWhileSeen, everyMilliseconds)
void ask()
