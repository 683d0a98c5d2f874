/** The account and its devices, in English. */
import type { SyncPhase } from '@selene/client-sdk'

export const devices = {
  title: 'Account and devices',
  localTitle: 'Only on this device',
  local:
    'Your diary is on this device only. With an account your own devices share it, sealed: the server passes it on and cannot read it.',
  createTitle: 'Create an account',
  identifier: 'Name for signing in',
  identifierHint:
    'Any name you like, for example an e-mail address. The server keeps only a fingerprint of it.',
  passphrase: 'Passphrase',
  passphraseHint: 'Several words are best. It never leaves this device, and nobody can reset it.',
  passphraseShort: 'Use at least 12 characters.',
  passphraseAgain: 'Passphrase again',
  passphraseDiffers: 'The two are not the same.',
  create: 'Create account',
  creating: 'Creating your account. This takes some seconds.',
  phraseTitle: 'Write down your recovery phrase',
  phraseLead:
    'These 24 words are shown once. On paper, in a safe place, they are the way back to your diary when all devices are lost. Whoever has them can read it.',
  phraseList: 'Recovery phrase',
  phraseDone: 'I have written them down',
  signInTitle: 'Sign in again',
  signInLead: 'This device was signed out. What you write is kept and goes out after you sign in.',
  signIn: 'Sign in',
  syncTitle: 'Sync',
  syncNow: 'Sync now',
  phases: {
    'local-only': 'Only here',
    paused: 'Paused',
    stuck: 'Stuck',
    offline: 'Offline',
    connecting: 'Connecting',
    'catching-up': 'Catching up',
    live: 'Up to date',
  } satisfies Record<SyncPhase, string>,
  phaseTexts: {
    'local-only': 'Nothing leaves this device.',
    paused: 'Nothing is sent until you go on.',
    stuck: 'Something needs your attention.',
    offline: 'What you write is kept here and goes out when the server can be reached.',
    connecting: 'The server is being reached.',
    'catching-up': 'News from your other devices is coming in.',
    live: 'Your devices share what is written here.',
  } satisfies Record<SyncPhase, string>,
  unsent: (n: number) => (n === 1 ? '1 change waits to be sent.' : `${n} changes wait to be sent.`),
  setAside: (n: number) =>
    n === 1
      ? 'The server refused 1 change; it is kept here.'
      : `The server refused ${n} changes; they are kept here.`,
  quarantined: (n: number) =>
    n === 1
      ? '1 change could not be opened; it is kept apart.'
      : `${n} changes could not be opened; they are kept apart.`,
  apart: (from: string, why: string) => `From ${from}: ${why}`,
  unknownDevice: 'an unknown device',
  giveUp: 'Give up',
  giveUpLabel: (from: string) => `Give up: change from ${from}`,
  giveUpTitle: 'Give up this change?',
  giveUpText:
    'None of your devices waits for it any more. What a device could open stays. This cannot be undone.',
  lastSeen: (when: string) => `Last contact with the server: ${when}.`,
  joinTitle: 'Use the account of another device',
  joinLead:
    'Show a code here and scan it with a device that has the account, or show a word and type it there. What is in the diary here comes along.',
  joinStart: 'Show a code',
  joinCode: 'Code for linking',
  joinHint:
    'On the other device: Account and devices, Link a device. The code works for two minutes. Show it to nobody else: whoever reads it can link this browser to a diary.',
  joinWordStart: 'Show a word',
  joinWord: 'Word for linking',
  joinWordHint:
    'For devices without a camera. On the other device: Account and devices, Link a device, by a word. It works for two minutes.',
  digits: 'Do both devices show this number?',
  digitsHint:
    'If the other device shows another number, somebody may stand between the two. Then choose “No”.',
  digitsSame: 'Yes, the same',
  digitsDiffer: 'No',
  digitsDiffered:
    'The devices were not linked, and nothing was handed over. Try again, in another network if you can.',
  joinWaiting: 'Waiting for the other device …',
  joined: 'This browser now shares the diary.',
  linkTitle: 'Link a device',
  linkLead: 'On the new device open Account and devices and choose “Show a code” or “Show a word”.',
  linkWays: 'How to link',
  linkBy: { code: 'By a code', word: 'By a word' },
  linkWord: 'Word of the new device',
  linkWordHint: 'Eight letters and digits.',
  linkNext: 'Go on',
  linkMeeting: 'Looking for the new device …',
  linkName: 'Name of the new device',
  linkNameDefault: 'New device',
  proof: 'To be sure that it is you',
  linkCode: 'Code of the new device',
  link: 'Link this device',
  linked: (name: string) => `${name} is linked.`,
  scan: 'Scan with the camera',
  stopScan: 'Stop the camera',
  scanLabel: 'Camera picture',
  noCamera: 'The camera cannot be used. Paste the code instead.',
  list: 'Who can open this diary',
  thisDevice: 'this device',
  removed: 'removed',
  removedList: 'Removed',
  since: (when: string) => `Known here since ${when}`,
  before: 'Was there before this device',
  removeLabel: (name: string) => `Remove: ${name}`,
  removeTitle: (name: string) => `Remove ${name}?`,
  removeText:
    'It is shut out at once: it gets nothing new, and what is written there from now on reaches no other device. What it has already stays there until somebody erases it. If others may know your passphrase or your recovery phrase, replace them as well.',
  removedNow: (name: string) => `${name} is removed.`,
  fingerprint: 'Fingerprint',
  fingerprintHint:
    'It stands for who was let in and removed so far. Your devices show the same one when all of them see the same history.',
  newsTitle: 'New in your diary',
  news: {
    device: (name: string, by: string) =>
      `A device was added: ${name}. ${by} let it in. Was it you?`,
    passphrase: () => 'A new passphrase was set. Was it you?',
    phrase: () => 'New recovery words were set. Was it you?',
    passkey: () => 'A passkey was added. Was it you?',
  },
  newsBanner: {
    device: (name: string) => `A device was added: ${name}. Was it you?`,
    passphrase: () => 'A new passphrase was set. Was it you?',
    phrase: () => 'New recovery words were set. Was it you?',
    passkey: () => 'A passkey was added. Was it you?',
  },
  newsLook: 'Have a look',
  newsYes: 'Yes, that was me',
  newsNo:
    'If it was not you, remove it, then replace your passphrase and your recovery phrase. Somebody may have had this or another of your devices in hand.',
  newsReplace: 'Passphrase and recovery phrase',
  warningTitle: 'Something is wrong with the server',
  warningBanner: 'Something is wrong with the server. Your diary here goes on.',
  warnings: {
    'vault/forked':
      'The server shows this device another history of who may open your diary. Nothing is sent or taken over any more; what you write stays here, and SOS works. Compare the fingerprint below with your other devices. Then ask whoever runs the server. If you do not trust it, export your diary.',
    'vault/rolled-back':
      'The server shows less of who may open your diary than it did before: it may have been put back from an old copy. Nothing is sent until it has caught up; what you write stays here, and SOS works. Ask whoever runs the server.',
    'sync/history-withheld':
      'Another of your devices has written something that the server does not hand out. Sync goes on. Let that device connect; if this stays for more than a day, ask whoever runs the server and export your diary.',
    'outbox/rolled-back':
      'The server has forgotten something that this device had sent: it may have been put back from an old copy. It is sent again by itself; there is nothing you have to do.',
  },
  kinds: {
    device: 'Device',
    passphrase: 'Passphrase',
    phrase: 'Recovery phrase',
    passkey: 'Passkey',
  },
}
