/** Taking the diary out, in German. */
import type { Strings } from '../en.ts'

export const exporting: Strings['exporting'] = {
  title: 'Dein Tagebuch exportieren',
  lead: 'Die Datei wird auf diesem Gerät erstellt.',
  warning:
    'Eine Datei verlässt den Schutz dieser App: Sie ist nicht verschlüsselt, und wer sie bekommt, kann sie lesen. Bewahre sie dort auf, wo sonst niemand hinsieht, und lösche sie, wenn du sie nicht mehr brauchst.',
  what: 'Wozu',
  formats: {
    pdf: 'Für ein Arztgespräch (PDF)',
    fhir: 'Für das System einer Klinik (FHIR R4)',
    json: 'Um es hier wieder zu importieren (JSON)',
    'drip-csv': 'Für andere Apps (drip-CSV)',
  },
  contents: {
    pdf: 'Ein Bericht mit Übersicht, Diagrammen und einer Tabelle der Tage. Was Sex betrifft, fehlt darin.',
    fhir: 'Zyklen, Blutung, Temperatur, Zeichen, Beschwerden und Tests als FHIR R4, für Programme. Notizen, Vorhersagen und was Sex betrifft, fehlen darin.',
    json: 'Alles, was du notiert hast, und deine besonderen Zeiten. Diese App kann es lesen, wie es war. Einstellungen und Erinnerungen fehlen darin.',
    'drip-csv':
      'Eine Tabelle, die drip und andere Programme lesen. Wofür drip keine Spalte hat, fehlt darin, etwa Tests, Medikamente, Schlaf und Beschwerden in deinen Worten.',
  },
  days: 'Welche Tage',
  ranges: {
    all: 'Alle',
    'three-months': 'Letzte 3 Monate',
    'six-months': 'Letzte 6 Monate',
    year: 'Letzte 12 Monate',
    own: 'Andere Tage',
  },
  from: 'Erster Tag',
  to: 'Letzter Tag',
  dateFault: 'Wähle einen Tag.',
  orderFault: 'Der letzte Tag liegt nicht vor dem ersten.',
  parts: 'Was darin steht',
  partNames: {
    summary: 'Übersicht',
    insights: 'Was der App aufgefallen ist',
    charts: 'Diagramme',
    table: 'Tabelle der Tage',
    notes: 'Notizen',
  },
  insightsHint:
    'Was der App aufgefallen ist, ist keine Diagnose; es betrifft die letzten sechs Monate.',
  partsFault: 'Wähle mindestens eines.',
  name: 'Dein Name',
  nameHint: 'Nicht nötig. Ohne ihn nennt die Datei niemanden.',
  nameFault: (max) => `Höchstens ${max} Zeichen.`,
  make: 'Datei erstellen',
  making: 'Die Datei wird erstellt …',
  made: 'Die Datei liegt bei deinen Downloads.',
  everything: 'Alles über dich',
  everythingLead:
    'Eine JSON-Datei mit allem, was von dir hier ist: Tage, Zeiten, Optionen, Erinnerungen, Namen und Nummern deiner Vertrauten, was du teilst, Alarme, Geräte und was nicht gesendet werden konnte. Keine Schlüssel und keine Passwörter.',
  everythingWarning:
    'Diese Datei ist nicht geschützt: Wer sie bekommt, kann alles lesen. Für eine Schublade oder eine Cloud erstelle lieber eine Sicherung.',
  everythingMake: 'Alles exportieren',
  everythingFile: 'notizen-alles.json',
  empty: 'An diesen Tagen ist nichts notiert.',
  files: {
    pdf: 'notizen.pdf',
    fhir: 'notizen-fhir.json',
    json: 'notizen.json',
    'drip-csv': 'notizen.csv',
  },
}
