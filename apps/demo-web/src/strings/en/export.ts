/** Taking the diary out, in English: which days, in what form, and what that means for her privacy. */
export const exporting = {
  title: 'Export your diary',
  lead: 'The file is made on this device.',
  warning:
    'A file leaves the protection of this app: it is not encrypted, and whoever gets it can read it. Keep it where nobody else looks, and delete it when you no longer need it.',
  what: 'What for',
  formats: {
    pdf: 'To show a doctor (PDF)',
    fhir: 'For a clinic’s system (FHIR R4)',
    json: 'To import here again (JSON)',
    'drip-csv': 'For other apps (drip CSV)',
  },
  contents: {
    pdf: 'A report with a summary, charts and a table of days. What concerns sex is left out.',
    fhir: 'Cycles, bleeding, temperature, signs, symptoms and tests as FHIR R4, for software. Notes, forecasts and what concerns sex are left out.',
    json: 'Everything that you logged, and your special times. This app can read it back as it was. Settings and reminders are left out.',
    'drip-csv':
      'A table that drip and other programs read. What drip has no column for is left out, such as tests, medication, sleep and symptoms in your own words.',
  },
  days: 'Which days',
  ranges: {
    all: 'All',
    'three-months': 'Last 3 months',
    'six-months': 'Last 6 months',
    year: 'Last 12 months',
    own: 'Other days',
  },
  from: 'First day',
  to: 'Last day',
  dateFault: 'Choose a day.',
  orderFault: 'The last day is not before the first.',
  parts: 'What is in it',
  partNames: {
    summary: 'Summary',
    insights: 'What the app noticed',
    charts: 'Charts',
    table: 'Table of days',
    notes: 'Notes',
  },
  insightsHint: 'What the app noticed is no diagnosis; it looks at the last six months.',
  partsFault: 'Choose at least one.',
  name: 'Your name',
  nameHint: 'Optional. Without it the file names nobody.',
  nameFault: (max: number) => `At most ${max} characters.`,
  make: 'Make the file',
  making: 'The file is being made …',
  made: 'The file is among your downloads.',
  everything: 'Everything about you',
  everythingLead:
    'One JSON file of all that is here of you: days, times, settings, reminders, the names and numbers of your contacts, what you share, alerts, devices, and what could not be sent. No keys and no passwords.',
  everythingWarning:
    'This file is not protected: whoever gets it can read all of it. For a drawer or a cloud, make a backup instead.',
  everythingMake: 'Export everything',
  everythingFile: 'notes-all.json',
  empty: 'Nothing is logged on these days.',
  /** Names of files say nothing of what is in them. */
  files: {
    pdf: 'notes.pdf',
    fhir: 'notes-fhir.json',
    json: 'notes.json',
    'drip-csv': 'notes.csv',
  },
}
