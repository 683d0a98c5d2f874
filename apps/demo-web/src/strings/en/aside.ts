/** What the server refused, in English. */
export const aside = {
  title: 'Refused changes',
  lead: 'The server did not take these. They stay in the diary on this device, and your other devices do not have them yet. Nothing happens to them until you decide.',
  none: 'There are none: the server has taken everything that was sent.',
  days: 'What it says',
  cleared: 'Something was taken away',
  documents: {
    profile: 'What is true of your cycles, and reminders',
    settings: 'Settings',
    contacts: 'The people you trust',
    grants: 'What you share',
    other: 'Another part of the diary',
    none: 'Something about your account or its devices',
  },
  retry: 'Send again',
  retryLabel: (when: string) => `Send again: change of ${when}`,
  retried: 'It waits to be sent again.',
  giveUp: 'Give up',
  giveUpLabel: (when: string) => `Give up: change of ${when}`,
  giveUpTitle: 'Give up this change?',
  giveUpText:
    'It is not sent again and leaves this list. What it says stays in the diary on this device; your other devices may get it much later or never, and later changes of the same fields may wait there for it. If you still need it there, export it first.',
  gaveUp: 'It is given up.',
  exporting: 'Keep a copy',
  exportHint: 'A file in clear: whoever gets it can read it. Keys are not in it.',
  exportMake: 'Export these changes',
  file: 'notes-refused.json',
}
