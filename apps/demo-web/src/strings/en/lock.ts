/** What opens the diary and what closes it, in English: first run, unlocking, and the lock's settings. */
import type { SlotKind } from '@selene/client-sdk'
import type { LockProblem } from '../keys.ts'

export const lock = {
  title: 'Lock and storage',
  place: 'Diary',
  lockNow: 'Lock',
  lockLabel: 'Lock the diary now',

  first: {
    title: 'How is your diary to be protected?',
    lead: 'It stays on this device, encrypted. Choose what opens it; you can change that at any time.',
    unsealed:
      'There is a diary here from before, which is not encrypted yet. It will be encrypted now, and nothing of it is lost.',
    choice: 'What opens it',
    choices: {
      pin: 'A PIN',
      passphrase: 'A passphrase',
      none: 'No lock for now',
    },
    hints: {
      pin: 'Quick. It keeps out whoever picks up this device. Somebody who knows how and has the device for long can find out a short PIN.',
      passphrase:
        'The strongest. It also keeps out whoever copies the files. Six words that have nothing to do with each other are usually enough.',
      none: 'Whoever can open this browser can read the diary. You can set a lock under Settings.',
    },
    recovery: 'Also make 24 recovery words',
    recoveryHint:
      'They open the diary if you forget the rest. Without them, what is only on this device is lost then.',
    start: 'Start',
    starting: 'Your diary is being set up. This takes a few seconds.',
  },

  pin: 'PIN',
  newPin: 'New PIN',
  pinHint: 'At least four digits, not in a row. More are better.',
  pinAgain: 'PIN again',
  newPinAgain: 'New PIN again',
  pinShort: 'At least four digits.',
  passphrase: 'Passphrase',
  newPassphrase: 'New passphrase',
  passphraseAgain: 'Passphrase again',
  newPassphraseAgain: 'New passphrase again',
  differs: 'The two are not the same.',
  missing: 'Fill this in.',
  strength: 'How hard it is to guess',
  strengths: {
    weak: 'Too easy to guess. Add words that have nothing to do with each other.',
    nearly: 'Almost. One more word should do.',
    enough: 'Hard to guess.',
  },

  words: {
    title: 'Your recovery words',
    lead: 'Write these 24 words down, in this order, and keep them where nobody else looks. They are shown only now.',
    list: 'Recovery words',
    done: 'I have written them down',
  },

  unlock: {
    title: 'Your diary is locked',
    way: 'Open it with',
    ways: { pin: 'PIN', passphrase: 'Passphrase', recovery: 'Recovery words' },
    recovery: 'The 24 words',
    recoveryHint: 'With spaces between them.',
    open: 'Unlock',
    opening: 'Opening …',
    wait: (time: string) => `Too many attempts. The next one is possible in ${time}.`,
    help: 'It cannot be opened any more?',
    helpText:
      'Nobody can open it without its PIN, its passphrase or its recovery words, and we cannot either. You can erase what is on this device and begin anew.',
    sos: 'SOS works while it is locked.',
  },

  trouble: {
    damagedTitle: 'Part of your diary is damaged',
    damaged:
      'The file on this device was changed or is broken. You can open what can still be read, look at it and export it. Nothing can be written then.',
    rolledBackTitle: 'Your diary is older than it was',
    rolledBack:
      'The file on this device is from an earlier time: it was put back from a copy, or what came later was lost. You can look at it first, or go on with it as it is.',
    newerTitle: 'A newer version of the app is needed',
    newer: 'A newer version of the app wrote this diary. Reload the page to update.',
    reload: 'Reload',
    read: 'Open for reading',
    goOn: 'Go on as it is',
    again: 'Use another secret',
  },
  readOnly: 'Open for reading only: nothing can be written. You can export what is here.',

  erase: {
    button: 'Erase this device’s diary',
    title: 'Erase everything on this device?',
    text: 'The diary, its account and its contacts on this device become unreadable and are removed. What is on your other devices stays. This cannot be undone.',
    confirm: 'Erase everything',
  },

  secretsTitle: 'What opens the diary',
  noLock: 'There is no lock: whoever can open this browser can read the diary.',
  kinds: {
    platform: 'No lock',
    pin: 'PIN',
    passphrase: 'Passphrase',
    recovery: 'Recovery words',
  } satisfies Record<SlotKind, string>,
  kindHints: {
    platform: 'Opens by itself on this device',
    pin: 'Opens it on this device only',
    passphrase: 'Opens it anywhere',
    recovery: '24 words on paper',
  } satisfies Record<SlotKind, string>,
  set: 'Set a lock',
  add: 'Add',
  addTitle: 'Another way to open it',
  changeTitle: (kind: string) => `${kind}: change`,
  changeLabel: (kind: string) => `Change: ${kind}`,
  removeTitle: (kind: string) => `${kind}: remove`,
  removeLabel: (kind: string) => `Remove: ${kind}`,
  removeText: 'It opens the diary no more.',
  kind: 'What it is to be',
  proof: 'First, open it once more',
  proofKind: 'With',
  made: 'What opens the diary has changed.',
  again: 'Make new words',

  autoTitle: 'Locking by itself',
  auto: 'After so long without a touch',
  autos: { '1': '1 minute', '5': '5 minutes', '15': '15 minutes', never: 'Never' },
  autoHint: 'It counts as well while the app is hidden.',

  storageTitle: 'On this device',
  size: (size: string) => `The diary takes ${size}.`,
  sizeOf: (size: string, quota: string) =>
    `The diary takes ${size} of the ${quota} that the browser allows.`,
  warnings: {
    'nearly-full':
      'There is hardly any room left on this device. Free some space, so that what you write can be stored.',
    'may-vanish': 'The browser may clear the diary when space runs short.',
  },
  keep: 'Ask the browser to keep it',
  notKept:
    'The browser did not promise to keep it. Installing this app, or an account with a second device, helps against losing it.',
  check: 'Check the file',
  checking: 'The file is being read …',
  sound: 'Everything in the file is as it was written.',
  unsound: (n: number) =>
    n === 1
      ? '1 part of the file is damaged. Export what can be read.'
      : `${n} parts of the file are damaged. Export what can be read.`,

  problems: {
    'store/locked': 'The diary is locked.',
    'store/wrong-secret': 'That does not open the diary.',
    'store/attempts': 'Too many attempts: the next one has to wait.',
    'store/weak-secret':
      'This is too easy to guess. Take a PIN of four or more that is no row, or a passphrase of several words that have nothing to do with each other.',
    'store/last-slot': 'This is the only way to open the diary. Add another one first.',
    'store/too-many-slots': 'There is no room for another one. Remove one first.',
    'store/damaged': 'The diary on this device is damaged.',
    'store/rolled-back': 'The diary on this device is older than it was.',
    'store/read-only': 'The diary is open for reading only.',
    'store/full': 'There is no room left on this device. Free some space and try again.',
    'store/failed':
      'This device failed while storing. Reload the page; what was saved before is there.',
    'store/not-permitted':
      'This browser does not let the app store anything here. A private window or the settings for this site may be the reason.',
    'store/handed-over':
      'Another tab has taken over, and it is not known whether this was done. Look, and do it again if it was not.',
  } satisfies Record<LockProblem, string>,
}
