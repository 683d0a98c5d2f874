/** The way back to the diary when devices are lost, and the end of the account, in German. */
import type { Strings } from '../en.ts'

export const wayBack: Strings['wayBack'] = {
  title: 'Passphrase und 24 Wörter',
  lead: 'Sie bringen dein Tagebuch zurück, wenn deine Geräte verloren sind. Wer eins davon hat, kann es lesen.',
  way: 'Mit',
  ways: { phrase: 'Wiederherstellungswörter', passphrase: 'Passphrase' },
  phrase: 'Die 24 Wörter deines Kontos',
  phraseHint:
    'Mit Leerzeichen dazwischen. Nicht die Wörter, die das Tagebuch nur auf einem Gerät öffnen.',
  missing: 'Füll das aus.',
  working: 'Das dauert einige Sekunden …',

  askTitle: 'Stehen sie auf Papier?',
  askLead: 'Tippe einige der Wörter von dem ab, was du aufgeschrieben hast.',
  askWord: (n) => `Wort ${n}`,
  askWrong: 'Das ist ein anderes Wort. Sieh auf dein Papier.',
  askCheck: 'Prüfen',
  askAgain: 'Die Wörter noch einmal zeigen',

  rehearseTitle: 'Ausprobieren',
  rehearseLead:
    'Sieh nach, ob deine Passphrase oder deine Wiederherstellungswörter dich zurückbringen würden. Nichts wird geändert, und du bleibst angemeldet.',
  rehearse: 'Ausprobieren',
  rehearsed: 'Es klappt: Damit bekämst du dein Tagebuch zurück.',

  passphraseTitle: 'Die Passphrase ersetzen',
  passphraseLead: 'Die alte gilt dann nirgends mehr. Deine Geräte bleiben angemeldet.',
  next: 'Neue Passphrase',
  nextAgain: 'Neue Passphrase wiederholen',
  passphraseChange: 'Die Passphrase ersetzen',
  passphraseChanged: 'Die Passphrase ist ersetzt.',

  phraseTitle: 'Die Wiederherstellungswörter ersetzen',
  phraseLead: 'Du bekommst 24 neue Wörter; die alten gelten dann nicht mehr.',
  phraseMake: 'Neue Wörter erzeugen',
  phraseChanged: 'Die Wiederherstellungswörter sind ersetzt. Vernichte das alte Papier.',

  resetTitle: 'Passphrase und Wörter beide verloren?',
  resetLead:
    'Dieses Gerät kann neue Wiederherstellungswörter ankündigen. Sie gelten in sieben Tagen, anstelle von Passphrase und Wörtern. Bis dahin zeigen es alle deine Geräte, und jedes kann es abbrechen.',
  resetMake: 'Neue Wörter ankündigen',
  resetPending: 'Neue Wiederherstellungswörter sind angekündigt',
  resetText: (by) =>
    `Angekündigt hat sie: ${by}. Sieben Tage danach können sie an die Stelle deiner Passphrase und deiner Wiederherstellungswörter treten. Wenn du es nicht warst, brich es ab.`,
  resetLeft: (days) => (days === 1 ? 'Höchstens noch 1 Tag.' : `Höchstens noch ${days} Tage.`),
  resetWhen: (since, overBy) =>
    `Spätestens ${overBy} sind die sieben Tage um. Der Server zählt sie; dieses Gerät weiß davon seit ${since}, es kann also auch früher sein.`,
  resetIsOver: 'Die sieben Tage sind um: Die neuen Wörter können gelten.',
  resetBanner: 'Neue Wiederherstellungswörter sind angekündigt. Warst du das?',
  resetCancel: 'Abbrechen',
  resetCancelled: 'Es ist abgebrochen. Nichts hat sich geändert.',
  resetOver: 'Sind die sieben Tage um?',
  resetComplete: 'Die neuen Wörter gelten lassen',
  resetCompleted:
    'Die neuen Wiederherstellungswörter gelten jetzt. Leg mit ihnen eine neue Passphrase fest.',
  resetAnnounced: 'Die neuen Wörter sind angekündigt. In sieben Tagen können sie gelten.',

  recoverTitle: 'Dein Tagebuch zurückholen',
  recoverLead:
    'Mit deiner Passphrase oder deinen Wiederherstellungswörtern bekommt dieses Gerät alles, was deine Geräte geteilt haben. Was hier im Tagebuch steht, kommt mit.',
  recover: 'Zurückholen',
  recovering: 'Dein Tagebuch wird geholt. Das dauert einige Sekunden.',
  recovered: 'Dein Tagebuch ist wieder da. Was darin steht, kommt jetzt herein.',
  recoverOpen: 'Das Tagebuch öffnen',
  recoverHas: 'Dieses Gerät hat schon ein Konto.',
  recoverLink: 'Ich habe eine Passphrase oder Wiederherstellungswörter',

  eraseTitle: 'Das Konto löschen',
  eraseLead:
    'Der Server löscht alles, was er von dir hat. Deine anderen Geräte sperren sich und fragen, was aus dem Tagebuch dort werden soll. Das Tagebuch hier bleibt, bis du es auch löschst. Das lässt sich nicht rückgängig machen.',
  eraseStart: 'Das Konto löschen …',
  eraseWord: 'LÖSCHEN',
  eraseType: (word) => `Tippe ${word}`,
  eraseTypeWrong: (word) => `Tippe das Wort ${word}.`,
  erase: 'Das Konto endgültig löschen',

  endedTitle: {
    removed: 'Dieses Gerät wurde entfernt',
    erased: 'Das Konto wurde gelöscht',
  },
  ended: {
    removed:
      'Ein anderes deiner Geräte hat dieses entfernt. Es bekommt nichts Neues, und was du hier schreibst, bleibt hier.',
    erased:
      'Das Konto und alles, was der Server davon hatte, ist weg. Was du hier schreibst, bleibt hier.',
  },
  endedNotYou: {
    removed:
      'Wenn du es nicht warst, hol dein Tagebuch in einem anderen Browser zurück, mit Passphrase oder Wiederherstellungswörtern, und sieh nach, wer es öffnen kann.',
    erased: 'Wer das getan hat, hatte deine Passphrase oder deine Wiederherstellungswörter.',
  },
  endedAsk: 'Was soll aus dem Tagebuch auf diesem Gerät werden?',
  endedKeep: 'Auf diesem Gerät behalten',
  endedExport: 'Exportieren',
  againTitle: 'Dieses Gerät wieder benutzen',
  again: {
    removed:
      'Als das, was es war, kann es nicht zurückkommen: Es wird ein neues Gerät, und die anderen sagen, dass es dazukam. Dafür wird gelöscht, was hier ist; dann kommt dein Tagebuch von deinen anderen Geräten oder vom Server.',
    erased:
      'Für ein neues Konto beginnt dieses Gerät neu: Was hier ist, wird gelöscht, und eine Sicherung bringt dein Tagebuch zurück.',
  },
  againBackup: {
    removed:
      'Was du hier geschrieben hast, nachdem es entfernt wurde, ist nur hier. Mach zuerst eine Sicherung, wenn du es brauchst, und hol sie danach herein.',
    erased:
      'Dein Tagebuch ist vielleicht nur noch hier. Mach zuerst eine Sicherung und behalte sie.',
  },
  againMake: 'Zuerst eine Sicherung machen',
  againHow: 'Wie es danach weitergeht',
  againErase: 'Löschen und neu beginnen …',

  beginTitle: 'Dein Tagebuch',
  begins: {
    anew: 'Neu beginnen',
    recover: 'Ich habe eine Passphrase oder Wiederherstellungswörter',
    link: 'Es ist auf einem anderen Gerät',
    restore: 'Ich habe eine Sicherungsdatei',
  },
  beginHint: 'Wähle zuerst, wie es auf diesem Gerät geschützt ist. Das andere kommt danach.',
}
