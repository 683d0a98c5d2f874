/** What she sets, and the times she declares, in English. */
import type { Profile } from '@selene/client-sdk'
import type { EpisodeKind } from '@selene/client-sdk/calendar'

export const settings = {
  title: 'Settings',
  appTitle: 'The app',
  language: 'Language',
  theme: 'Light or dark',
  themes: { device: 'As the device', light: 'Light', dark: 'Dark' },
  weekStart: 'The week begins with',
  weekStarts: {
    device: 'As usual here',
    monday: 'Monday',
    saturday: 'Saturday',
    sunday: 'Sunday',
  },
  yesNo: { true: 'Yes', false: 'No' },
  sharedTitle: 'The same on all your devices',
  sharedLead:
    'The app’s looks, units, what you say about your cycles, special times and reminders hold on every device of your account. They are sealed like the diary. What opens the diary is set on each device.',
  sharedList: 'Where you chose what holds',
  chosenBy: { 'this-device': 'On this device', import: 'From an imported file' },
  chosenOn: (device: string) => `On ${device}`,
  notSaid: 'Not said',
  unitsTitle: 'Units',
  temperatureUnit: 'Temperature',
  temperatureUnits: {
    celsius: '°C',
    fahrenheit: '°F',
  } satisfies Record<NonNullable<Profile['temperatureUnit']>, string>,
  weightUnit: 'Weight',
  weightUnits: { kg: 'kg', lb: 'lb' } satisfies Record<NonNullable<Profile['weightUnit']>, string>,
  unitsHint: 'What is written down already stays the same and is shown in the new unit.',
  cyclesTitle: 'Your cycles',
  regularity: 'How you would call them',
  regularities: { regular: 'Regular', irregular: 'Irregular' } satisfies Record<
    NonNullable<Profile['regularity']>,
    string
  >,
  regularityHint: 'Forecasts begin with it, until they know your own cycles.',
  birthYear: 'Year of birth',
  birthYearHint: 'Optional. What is usual for cycles depends on age; it is used for nothing else.',
  birthYearFault: (min: string, max: string) => `Enter a year from ${min} to ${max}.`,
  fertility: 'Show on which days a pregnancy is likely',
  fertilityHint:
    'An estimate from your cycles and signs. It can be wrong by many days. It is not contraception.',
  exitTitle: 'Leaving quickly',
  exit: '“Leave” at the top, or Escape three times, empties the page at once and opens an encyclopedia; offline, an empty page. “Back” does not lead here again. The address stays in the browser’s history: a private window leaves none.',
  dataTitle: 'Your data',
  aboutTitle: 'Privacy, as it is today',
  about: [
    'What you write is stored in this browser, encrypted, and needs no network. A lock keeps it closed to whoever has this device; without one, whoever can open this browser can read it.',
    'With an account, each change is sealed before it leaves. The server sees when and how much you write, not what.',
    'There is no tracking, no advertising and nothing loaded from anyone else.',
    'Clearing the browser’s data for this site deletes the diary on this device.',
    'Nothing here is medical advice or a means of contraception.',
  ],
  stored: {
    opfs: 'The diary is in this browser’s private files.',
    other: 'The diary is in this browser’s storage.',
    kept: 'The browser keeps it until you clear it.',
    mayGo:
      'The browser may clear it when space runs short. Installing this app helps against that.',
  },
}

export const episodes = {
  title: 'Special times',
  lead: 'In these times bleeding means something else, or nothing. What you say here is taken into account.',
  none: 'You have not declared any.',
  kinds: {
    pregnancy: 'Pregnancy',
    breastfeeding: 'Breastfeeding',
    'hormonal-contraception': 'Hormonal contraception',
    perimenopause: 'Perimenopause',
  } satisfies Record<EpisodeKind, string>,
  meanings: {
    pregnancy: 'Bleeding in this time begins no cycle.',
    breastfeeding: 'Bleeding in this time begins no cycle.',
    'hormonal-contraception':
      'Bleeding in this time begins no cycle: hormones bring it, not ovulation.',
    perimenopause: 'Cycles go on being counted, and are expected to vary more.',
  } satisfies Record<EpisodeKind, string>,
  kind: 'What it is',
  from: 'First day',
  goesOn: 'It goes on',
  to: 'Last day',
  since: (from: string) => `Since ${from}`,
  starting: (from: string) => `From ${from}`,
  span: (from: string, to: string) => `${from} to ${to}`,
  add: 'Declare a time',
  addTitle: 'Declare a time',
  changeTitle: (kind: string) => `${kind}: change`,
  changeLabel: (kind: string, span: string) => `Change: ${kind}, ${span}`,
  end: 'End',
  endLabel: (kind: string, span: string) => `End: ${kind}, ${span}`,
  endTitle: (kind: string) => `${kind}: it has ended`,
  removeLabel: (kind: string, span: string) => `Remove: ${kind}, ${span}`,
  removeTitle: (kind: string) => `Remove “${kind}”?`,
  removeText: 'As if you had never declared it. What you wrote down on its days stays.',
  dateFault: 'Choose a day.',
  orderFault: 'The last day is not before the first.',
  futureOdd: 'This day has not come yet; look again if that is right.',
  overlapOdd: 'Another time of this kind has days in common with it; look again if that is right.',
}
