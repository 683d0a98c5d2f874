/** A sealed file of everything she wrote, and putting it back, in English. */
export const backups = {
  title: 'Make a backup',
  lead: 'One file of everything that you wrote: days, times, settings, reminders and contacts. It is sealed, so that you can keep it in a drawer or a cloud. Without what opens it, it is worth nothing.',
  make: 'Make the backup',
  making: 'The backup is being made. This takes some seconds …',
  made: 'The backup is among your downloads. Note the passphrase where you find it again.',
  madeByWords: 'The backup is among your downloads. Your 24 words open it.',
  secretTitle: 'What opens the backup',
  way: 'With',
  makeWays: { passphrase: 'A passphrase for it', phrase: 'My 24 recovery words' },
  passphraseHint:
    'It need not be the one of this diary. Nobody can open the backup without it, and we cannot either.',
  notInside: 'What is not in it: the account, the lock of this device, and an SOS that runs.',

  restoreTitle: 'Restore a backup',
  restoreLead:
    'What is in the file is added to the diary here. Nothing that stands here is taken away, and the file is sent nowhere.',
  file: 'The backup file',
  ways: { passphrase: 'Passphrase', phrase: '24 recovery words' },
  passphrase: 'Passphrase of the backup',
  restore: 'Restore',
  restoring: 'The backup is being opened. This takes some seconds …',
  restored: (changed: number): string =>
    changed === 0
      ? 'The backup is sound. Everything in it was here already.'
      : 'The backup is restored. What was missing is in your diary now.',
  toMonth: 'See the month',
  /** The name says nothing of what is in the file. */
  fileName: (date: string) => `notes-${date}.bin`,
}
