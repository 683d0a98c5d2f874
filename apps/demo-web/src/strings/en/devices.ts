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
  lastSeen: (when: string) => `Last contact with the server: ${when}.`,
  joinTitle: 'Use the account of another device',
  joinLead:
    'Show a code here and scan it with a device that has the account. What is in the diary here comes along.',
  joinStart: 'Show a code',
  joinCode: 'Code for linking',
  joinHint:
    'On the other device: Account and devices, Link a device. The code works for two minutes. Show it to nobody else: whoever reads it can link this browser to a diary.',
  joinWaiting: 'Waiting for the other device …',
  joined: 'This browser now shares the diary.',
  linkTitle: 'Link a device',
  linkLead: 'On the new device choose “Show a code” under Account and devices, then scan it here.',
  linkName: 'Name of the new device',
  linkNameDefault: 'New device',
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
  kinds: {
    device: 'Device',
    passphrase: 'Passphrase',
    phrase: 'Recovery phrase',
    passkey: 'Passkey',
  },
}
