/** Calling for help, and who answers, in English. */
import type { AlertPhase, ReadinessGap, ResponseState } from '@selene/client-sdk'

const people = (n: number): string => (n === 1 ? '1 person' : `${n} people`)

export const sos = {
  title: 'SOS',
  lead: 'Calls the people you trust, with where you are if this device knows it.',
  explain: (contacts: number) =>
    contacts === 0
      ? 'You have no trusted contacts yet, so an alert would reach nobody you know.'
      : `Your alert goes to ${people(contacts)} you trust.`,
  hold: 'Hold for SOS',
  holdHint: 'Press and hold for a second and a half. With a keyboard, hold Space or Enter.',
  holding: 'Keep holding',
  confirmOpen: 'I cannot hold the button',
  confirmTitle: 'Send an SOS?',
  confirmText: 'A countdown of 10 seconds starts. You can cancel it.',
  confirmYes: 'Start the countdown',
  audience: 'Who is called',
  audienceContacts: 'My contacts',
  audienceNearby: 'My contacts, and helpers nearby',
  audienceNearbyHint:
    'Helpers nearby are strangers who offered to help. They see that someone needs help; where you are is shown to few, and only after they accept.',
  medical: 'It is medical',
  medicalHint: 'Tells your contacts that you need medical help.',
  note: 'A few words for your contacts',
  noteHint: 'Optional. Helpers nearby do not see it.',
  noteAdd: 'Send these words',
  test: 'Send a test',
  testTitle: 'Send a test alert?',
  testText: 'Your contacts get a message that is marked as a test. Nobody nearby is asked.',
  readiness: 'Before you need it',
  ready: 'Everything an alert needs is in place.',
  lastTest: (when: string) => `Last test: ${when}.`,
  armedTitle: 'Alert in',
  seconds: (n: number) => (n === 1 ? '1 second' : `${n} seconds`),
  armedText: 'The server sends it when the time is up, even if this device is off by then.',
  armedUnsent:
    'This device has no connection. It sends the alert when the time is up and it has one.',
  armedNoAccount:
    'You have no account, so this alert reaches nobody. If you are in danger, call 112 or 911.',
  armedAnnounce: (n: number) => `An alert goes out in ${n} seconds. Cancel if you are safe.`,
  sendNow: 'Send now',
  cancelAlert: 'Cancel the alert',
  safe: 'I am safe',
  endTest: 'End the test',
  sentToNobody: 'Sent. You have no contacts, so nobody you know is told.',
  dismiss: 'Put away',
  unsent: 'Waiting for a network',
  unsentText:
    'This device could not reach the server yet, so nobody has been told. It is stored here and goes out by itself as soon as there is a connection. If you can, call.',
  unsentNoAccount: 'Not sent: you have no account',
  unsentNoAccountText:
    'Nobody is told, because an alert can only be sent with an account. It stays on this device. If you are in danger, call 112 or 911.',
  unsentChange: 'Your last change has not reached the server yet. It goes out by itself.',
  testBadge: 'Test',
  medicalBadge: 'Medical',
  raised: 'Raised',
  sent: 'Reached the server',
  contacts: 'Your contacts',
  noContacts: 'This alert has no contacts.',
  notDelivered: 'Told, not yet on their device',
  notSent: 'Not told yet',
  delivered: 'On their device',
  responders: 'Helpers nearby',
  noResponders: 'Nobody has answered yet.',
  someHelper: 'A helper',
  position: 'Where you are',
  positionSent: (metres: number, age: string) => `Sent: to within ${metres} m, measured ${age}.`,
  positionKept: (metres: number, age: string) =>
    `Kept with the alert, not sent yet: to within ${metres} m, measured ${age}.`,
  positionWaiting: 'Looking for your position …',
  positionNone: 'Your alert has no position.',
  positionAdd: 'Add my position',
  positionDenied:
    'This browser does not give your position. Allow it in the browser’s settings, or tell people where you are.',
  phases: {
    armed: 'Counting down',
    queued: 'Waiting for a network',
    sent: 'Sent. Your contacts are being told.',
    delivered: 'It is on a contact’s device.',
    acknowledged: 'Someone has answered.',
    'en-route': 'Someone is on the way.',
    resolved: 'You are safe. The alert has ended.',
    cancelled: 'The alert was cancelled.',
    expired: 'The alert has ended by itself.',
  } satisfies Record<AlertPhase, string>,
  gaps: {
    'no-account': 'You have no account. An alert can only be sent with one.',
    'no-contacts': 'You have no trusted contacts.',
    'no-server': 'This app knows no server, so nothing can be sent.',
    'not-durable': 'This device cannot store an alert safely now. Free some space on it.',
    'never-tested': 'You have never sent a test.',
  } satisfies Record<ReadinessGap, string>,
  gapFix: {
    'no-account': 'Create an account',
    'no-contacts': 'Invite someone',
    'no-server': 'Settings',
    'not-durable': 'Settings',
    'never-tested': 'Send a test',
  } satisfies Record<ReadinessGap, string>,
  plain: {
    title: 'People without the app',
    lead: 'They are told nothing by themselves. This opens your messages or mail with a text; you send it there.',
    leadEnded: 'If you wrote to them, tell them how it went.',
    writeWord: 'Text',
    mailWord: 'Mail',
    write: (name: string) => `Text ${name}`,
    mail: (name: string) => `Mail ${name}`,
    callWord: 'Call',
    call: (name: string) => `Call ${name}`,
    place: 'Add where I am',
    placeHint: 'A text message is not sealed: whoever carries it can read it.',
    subject: 'Please call me',
    sos: 'I need help. Please call me. If I do not answer, send someone or call the emergency number.',
    medical: 'I need medical help. Please call me. If I do not answer, call the emergency number.',
    here: (time: string) => `I am here (${time}):`,
    endSubject: 'About my call for help',
    safe: 'I am safe now. Thank you.',
    cancelled: 'I have taken my call for help back.',
  },
  kitFailedTitle: 'No alert can be sent from here',
  kitFailed:
    'The part of the app that calls for help could not be opened on this device. If you are in danger, call 112 or 911.',
}

export const responses = {
  accept: 'I can help',
  'on-my-way': 'On my way',
  arrived: 'I am there',
  cannot: 'I cannot',
} satisfies Record<ResponseState, string>

export const responseOf = {
  accept: 'can help',
  'on-my-way': 'is on the way',
  arrived: 'is there',
  cannot: 'cannot come',
} satisfies Record<ResponseState, string>
