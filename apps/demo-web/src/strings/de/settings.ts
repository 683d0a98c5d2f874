/** What she sets, and the times she declares, in German. */
import type { Strings } from '../en.ts'

export const settings: Strings['settings'] = {
  title: 'Optionen',
  language: 'Sprache',
  notSaid: 'Keine Angabe',
  unitsTitle: 'Einheiten',
  temperatureUnit: 'Temperatur',
  temperatureUnits: { celsius: '°C', fahrenheit: '°F' },
  weightUnit: 'Gewicht',
  weightUnits: { kg: 'kg', lb: 'lb' },
  unitsHint: 'Was schon notiert ist, bleibt gleich und wird in der neuen Einheit gezeigt.',
  cyclesTitle: 'Deine Zyklen',
  regularity: 'Wie du sie nennen würdest',
  regularities: { regular: 'Regelmäßig', irregular: 'Unregelmäßig' },
  regularityHint: 'Vorhersagen gehen davon aus, bis sie deine eigenen Zyklen kennen.',
  birthYear: 'Geburtsjahr',
  birthYearHint:
    'Nicht nötig. Was bei Zyklen üblich ist, hängt vom Alter ab; für anderes wird es nicht verwendet.',
  birthYearFault: (min, max) => `Gib ein Jahr von ${min} bis ${max} ein.`,
  fertility: 'Zeigen, an welchen Tagen eine Schwangerschaft wahrscheinlich ist',
  fertilityHint:
    'Eine Schätzung aus deinen Zyklen und Zeichen. Sie kann um viele Tage danebenliegen. Sie ist keine Verhütung.',
  exitTitle: 'Schnell verlassen',
  exit: '„Verlassen“ oben oder dreimal Escape leert die Seite sofort und öffnet ein Lexikon; offline eine leere Seite. „Zurück“ führt nicht wieder hierher. Die Adresse bleibt im Verlauf des Browsers: Ein privates Fenster hinterlässt keine.',
  dataTitle: 'Deine Daten',
  aboutTitle: 'Privatsphäre, Stand heute',
  about: [
    'Was du schreibst, liegt verschlüsselt in diesem Browser und braucht kein Netz. Eine Sperre hält es vor allen zu, die dieses Gerät haben; ohne sie kann es lesen, wer diesen Browser öffnen kann.',
    'Mit einem Konto wird jede Änderung versiegelt, bevor sie hinausgeht. Der Server sieht, wann und wie viel du schreibst, nicht was.',
    'Es gibt kein Tracking, keine Werbung, und nichts wird von anderen geladen.',
    'Wer die Daten dieses Browsers für diese Seite löscht, löscht das Tagebuch auf diesem Gerät.',
    'Nichts hier ist ärztlicher Rat oder ein Mittel zur Verhütung.',
  ],
  stored: {
    opfs: 'Das Tagebuch liegt in den privaten Dateien dieses Browsers.',
    other: 'Das Tagebuch liegt im Speicher dieses Browsers.',
    kept: 'Der Browser behält es, bis du es löschst.',
    mayGo:
      'Der Browser kann es löschen, wenn der Platz knapp wird. Dagegen hilft, diese App zu installieren.',
  },
}

export const episodes: Strings['episodes'] = {
  title: 'Besondere Zeiten',
  lead: 'In diesen Zeiten bedeutet eine Blutung etwas anderes oder nichts. Was du hier sagst, wird berücksichtigt.',
  none: 'Du hast keine angegeben.',
  kinds: {
    pregnancy: 'Schwangerschaft',
    breastfeeding: 'Stillzeit',
    'hormonal-contraception': 'Hormonelle Verhütung',
    perimenopause: 'Perimenopause',
  },
  meanings: {
    pregnancy: 'Eine Blutung in dieser Zeit beginnt keinen Zyklus.',
    breastfeeding: 'Eine Blutung in dieser Zeit beginnt keinen Zyklus.',
    'hormonal-contraception':
      'Eine Blutung in dieser Zeit beginnt keinen Zyklus: Sie kommt von den Hormonen, nicht von einem Eisprung.',
    perimenopause: 'Zyklen werden weiter gezählt; es wird erwartet, dass sie mehr schwanken.',
  },
  kind: 'Was es ist',
  from: 'Erster Tag',
  goesOn: 'Sie dauert an',
  to: 'Letzter Tag',
  since: (from) => `Seit ${from}`,
  starting: (from) => `Ab ${from}`,
  span: (from, to) => `${from} bis ${to}`,
  add: 'Zeit angeben',
  addTitle: 'Eine Zeit angeben',
  changeTitle: (kind) => `${kind}: ändern`,
  changeLabel: (kind, span) => `Ändern: ${kind}, ${span}`,
  end: 'Beenden',
  endLabel: (kind, span) => `Beenden: ${kind}, ${span}`,
  endTitle: (kind) => `${kind}: zu Ende`,
  removeLabel: (kind, span) => `Entfernen: ${kind}, ${span}`,
  removeTitle: (kind) => `„${kind}“ entfernen?`,
  removeText:
    'Als hättest du sie nie angegeben. Was du an ihren Tagen notiert hast, bleibt erhalten.',
  dateFault: 'Wähle einen Tag.',
  orderFault: 'Der letzte Tag liegt nicht vor dem ersten.',
  futureOdd: 'Dieser Tag kommt erst noch; sieh nach, ob das stimmt.',
  overlapOdd: 'Eine andere Zeit dieser Art hat Tage mit ihr gemeinsam; sieh nach, ob das stimmt.',
}
