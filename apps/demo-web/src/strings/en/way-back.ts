/** The way back to the diary when devices are lost, and the end of the account, in English. */

export const wayBack = {
  title: 'Passphrase and recovery phrase',
  lead: 'They bring your diary back when your devices are lost. Whoever has one of them can read it.',
  way: 'With',
  ways: { phrase: 'Recovery phrase', passphrase: 'Passphrase' },
  phrase: 'The 24 words of your account',
  phraseHint: 'With spaces between them. Not the words that open the diary on one device only.',
  missing: 'Fill this in.',
  working: 'This takes some seconds …',

  askTitle: 'Are they on paper?',
  askLead: 'Type some of the words from what you have written down.',
  askWord: (n: number) => `Word ${n}`,
  askWrong: 'That is another word. Look at your paper.',
  askCheck: 'Check',
  askAgain: 'Show the words again',

  rehearseTitle: 'Try it out',
  rehearseLead:
    'See whether your passphrase or your recovery phrase would bring you back. Nothing is changed, and you stay signed in.',
  rehearse: 'Try it out',
  rehearsed: 'It works: with this you would get your diary back.',

  passphraseTitle: 'Replace the passphrase',
  passphraseLead: 'The old one stops working everywhere. Your devices stay signed in.',
  next: 'New passphrase',
  nextAgain: 'New passphrase again',
  passphraseChange: 'Replace the passphrase',
  passphraseChanged: 'The passphrase is replaced.',

  phraseTitle: 'Replace the recovery phrase',
  phraseLead: 'You get 24 new words; the old ones stop working.',
  phraseMake: 'Make new words',
  phraseChanged: 'The recovery phrase is replaced. Destroy the old paper.',

  resetTitle: 'Passphrase and words both lost?',
  resetLead:
    'This device can announce new recovery words. They count in seven days, in the place of passphrase and words. Until then all your devices show it, and each can cancel it.',
  resetMake: 'Announce new words',
  resetPending: 'New recovery words are announced',
  resetText: (by: string) =>
    `${by} has announced new recovery words. Seven days after that they can take the place of your passphrase and your recovery phrase. If it was not you, cancel it.`,
  resetLeft: (days: number) =>
    days === 1 ? 'At most 1 day is left.' : `At most ${days} days are left.`,
  resetWhen: (since: string, overBy: string) =>
    `By ${overBy} the seven days are over. They are counted by the server; this device has known of it since ${since}, so it may be sooner.`,
  resetIsOver: 'The seven days are over: the new words can be made to count.',
  resetBanner: 'New recovery words are announced. Was it you?',
  resetCancel: 'Cancel it',
  resetCancelled: 'It is cancelled. Nothing has changed.',
  resetOver: 'Are the seven days over?',
  resetComplete: 'Let the new words count',
  resetCompleted: 'The new recovery words count now. Set a new passphrase with them.',
  resetAnnounced: 'The new words are announced. They can count in seven days.',

  recoverTitle: 'Get your diary back',
  recoverLead:
    'With your passphrase or your recovery phrase this device gets everything that your devices have shared. What is in the diary here comes along.',
  recover: 'Get it back',
  recovering: 'Your diary is being fetched. This takes some seconds.',
  recovered: 'Your diary is back. What is in it comes in now.',
  recoverOpen: 'Open the diary',
  recoverHas: 'This device has an account already.',
  recoverLink: 'I have a passphrase or recovery words',

  eraseTitle: 'Erase the account',
  eraseLead:
    'The server deletes everything it has of you. Your other devices lock and ask what is to become of the diary there. The diary here stays until you erase it as well. This cannot be undone.',
  eraseStart: 'Erase the account …',
  eraseWord: 'ERASE',
  eraseType: (word: string) => `Type ${word}`,
  eraseTypeWrong: (word: string) => `Type the word ${word}.`,
  erase: 'Erase the account for good',

  endedTitle: {
    removed: 'This device was removed',
    erased: 'The account was erased',
  },
  ended: {
    removed:
      'Another of your devices has removed this one. It gets nothing new, and what you write here stays here.',
    erased:
      'The account and all that the server had of it are gone. What you write here stays here.',
  },
  endedNotYou: {
    removed:
      'If it was not you, get your diary back in another browser, with your passphrase or your recovery phrase, and look who can open it.',
    erased: 'Whoever did it had your passphrase or your recovery phrase.',
  },
  endedAsk: 'What is to become of the diary on this device?',
  endedKeep: 'Keep it on this device',
  endedExport: 'Export it',
  againTitle: 'Use this device again',
  again: {
    removed:
      'It cannot come back as what it was: it becomes a new device, and the others say that it was added. What is here is erased for that; then your diary comes from your other devices or from the server.',
    erased:
      'For a new account this device begins anew: what is here is erased, and a backup brings your diary back.',
  },
  againBackup: {
    removed:
      'What you wrote here after it was removed is only here. Make a backup first if you need it, and bring it in afterwards.',
    erased: 'Your diary is perhaps only here. Make a backup first, and keep it.',
  },
  againMake: 'Make a backup first',
  againHow: 'How to go on afterwards',
  againErase: 'Erase and begin again …',

  beginTitle: 'Your diary',
  begins: {
    anew: 'Begin anew',
    recover: 'I have a passphrase or recovery words',
    link: 'It is on another device',
    restore: 'I have a backup file',
  },
  beginHint: 'First choose how it is protected on this device. The rest comes after.',
}
