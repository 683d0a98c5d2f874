/** People she trusts, and help nearby, in English. */
import type { Reachable } from '@selene/client-sdk'

export const contacts = {
  title: 'People you trust',
  lead: 'Contacts get your SOS, and you get theirs. Each invitation is for one person.',
  none: 'You have not added anyone yet.',
  needAccount: 'Contacts need an account, so that an alert can find its way.',
  ownName: 'Your name',
  ownNameHint: 'Your contacts and the people you help see it.',
  inviteTitle: 'Invite someone',
  inviteName: 'What you call them',
  invite: 'Make an invitation',
  inviteFor: (name: string) => `Invitation for ${name}`,
  inviteHint: (until: string) =>
    `Send this link only to them, by a way you trust. It works once, until ${until}. Whoever has it can become your contact.`,
  inviteDone: 'Done',
  qr: 'Invitation as a QR code',
  link: 'Invitation link',
  shareText: 'Here is my invitation.',
  acceptTitle: 'Accept an invitation',
  acceptLead: 'You opened an invitation. Accept it to become each other’s contact.',
  acceptLink: 'Paste an invitation',
  acceptName: 'What you call them (optional)',
  accept: 'Accept',
  accepted: (name: string) => `You and ${name} are now each other’s contact.`,
  notAccept: 'Decline',
  states: {
    invited: 'Invited, not accepted yet',
    trusted: 'Trusted: gets your alerts',
    expired: 'The invitation has ended',
  },
  until: (when: string) => `until ${when}`,
  verified: 'Digits compared',
  notVerified: 'Digits not compared yet',
  keysChanged: 'Shows other keys than before',
  keysRenewed: 'Has new keys, digits not compared yet',
  sharing: 'Sharing',
  sharingHint: 'What you let others read, and what they let you read',
  unknown: 'This person is not among your contacts any more.',
  renewedTitle: 'New keys',
  renewedText: (name: string) =>
    `${name} has removed a device or changed a passphrase, and has new keys since, which the ones before vouch for. Until you have compared the digits, your alerts go to the old keys and to the new.`,
  keysTitle: 'Other keys than before',
  keysText: (name: string) =>
    `An earlier link to the account of ${name} showed other keys. Perhaps they began anew, with a new account on a new phone. Perhaps somebody has taken their place.`,
  keysDo:
    'Call them, or meet them, and compare the digits below. Until then share nothing here; what you send in an alert is sealed for these keys too. If they did not begin anew, remove this contact.',
  compareTitle: 'Compare digits',
  compareLead: (name: string) =>
    `${name} sees the same digits on this screen if nobody stands between you. Read them to each other on the phone or face to face, not in a message.`,
  compareAccepted:
    'The invitation was accepted. That shows that somebody had the link; only the digits show who.',
  digits: 'Sixty digits in groups of five',
  same: 'All are the same',
  differ: 'Not the same',
  differed:
    'Then somebody may stand between you, or one of you looks at another contact. Remove this contact and invite the person again, by another way.',
  isVerified: 'You have compared the digits: nobody stands between you.',
  compareAgain: 'Look at the digits again',
  camera: 'Compare with the camera',
  cameraHint: 'Scan the code on the other’s screen. They scan yours.',
  cameraCode: 'The digits as a QR code',
  removeHint: 'Neither of you gets the other’s alerts any more, and what you share ends.',
  ownIdentity: 'How your contacts’ apps know you',
  ownIdentityHint:
    'These digits stand for your own keys. They are the same on all your devices; another number on one of them means that it has not caught up yet. With a contact you compare the digits on their page.',
  remove: 'Remove',
  removeLabel: (name: string) => `Remove ${name}`,
  removeTitle: (name: string) => `Remove ${name}?`,
  removeText:
    'Neither of you gets the other’s alerts any more, and what you share with each other ends. They may notice.',
  list: 'Your contacts',
  helpTitle: 'Help people nearby',
  helpLead: 'When someone near you raises an alert for helpers nearby, you are asked.',
  helpLearns:
    'The server then knows roughly where you are, a square of about 500 m, sent every few minutes while this page is open and forgotten after five. It never learns the exact place, and nobody can ask who is near.',
  helpSwitch: 'I want to help nearby',
  helpRadius: 'How far you would go',
  kilometres: (n: number) => `${n} km`,
  helpSent: (when: string) => `Last sent ${when}.`,
  helpLocating: 'Looking for your position …',
  helpRefused:
    'This browser does not give your position, so nobody nearby can find you. Allow it in the browser’s settings.',
  helpWaiting:
    'Nothing has been sent since this page was opened. It goes out every four minutes or so, as soon as this browser knows where you are.',
}

/** People without the app. */
export const addresses = {
  title: 'People without the app',
  lead: 'No alert reaches them by itself. When you raise one, a button opens your messages or mail with the words for them, with no network too.',
  add: 'Add a person',
  addTitle: 'Somebody without the app',
  kind: 'How you reach them',
  kinds: { phone: 'Telephone number', email: 'E-mail address' } satisfies Record<
    Reachable['kind'],
    string
  >,
  phoneHint: 'Best with the country, as +49 …',
  nameFault: 'Say what you call them.',
  faults: {
    phone: 'This is not a telephone number.',
    email: 'This is not an e-mail address.',
  } satisfies Record<Reachable['kind'], string>,
  sealed: 'Numbers and addresses are sealed in your diary. The server does not learn them.',
  changeLabel: (name: string) => `Change ${name}`,
  removeLabel: (name: string) => `Remove ${name}`,
  removeTitle: (name: string) => `Remove ${name}?`,
  removeText: 'You can no longer write to them from an alert.',
}
