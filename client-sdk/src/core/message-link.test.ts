import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { messageLink } from './message-link.ts'

const phone = { kind: 'phone', address: '+4915112345678' } as const
const mail = { kind: 'email', address: 'ana@example.org' } as const
const message = { text: 'I need help.\nPlease call.', subject: 'Please call me' }
const position = { latitude: 52.5046713, longitude: 13.4489217, accuracyMetres: 11.2, at: 0 }
/** What may stand in the body of a link (RFC 3986, unreserved and escapes, and what encodeURIComponent leaves). */
const plain = /^[A-Za-z0-9\-_.!~*'()%]*$/

describe('C135 a link to the platform’s own composer', () => {
  test('is read by iOS and Android, and by mail programs', () => {
    expect(messageLink(phone, message)).toBe(
      'sms:+4915112345678?&body=I%20need%20help.%0APlease%20call.',
    )
    expect(messageLink(mail, message)).toBe(
      'mailto:ana@example.org?subject=Please%20call%20me&body=I%20need%20help.%0D%0APlease%20call.',
    )
  })

  test('says where she is only if that is given', () => {
    for (const person of [phone, mail]) {
      expect(messageLink(person, message)).not.toContain('52.5')
      const link = decodeURIComponent(messageLink(person, { ...message, position }))
      expect(link).toContain('52.50467, 13.44892 (± 12 m)')
      expect(link).toContain(
        'https://www.openstreetmap.org/?mlat=52.50467&mlon=13.44892#map=17/52.50467/13.44892',
      )
    }
  })

  test('of an odd address is to that address alone', () => {
    const link = messageLink({ kind: 'email', address: 'a?cc=b&c%@example.org' }, message)
    const url = new URL(link)
    expect(decodeURIComponent(url.pathname)).toBe('a?cc=b&c%@example.org')
    expect([...url.searchParams.keys()]).toEqual(['subject', 'body'])
  })

  test('holds any text as it is, and nothing unescaped', () => {
    const text = fc.string({ unit: 'binary' }).map((typed) => typed.replaceAll(/[\r\n]/g, ' '))
    fc.assert(
      fc.property(text, text, (body, subject) => {
        const [, sms = ''] = messageLink(phone, { text: body, subject }).split('?&body=')
        expect(sms).toMatch(plain)
        expect(decodeURIComponent(sms)).toBe(body.toWellFormed())
        const query = messageLink(mail, { text: body, subject }).split('?')[1]!
        const [first = '', second = ''] = query.split('&body=')
        expect(second).toMatch(plain)
        expect(decodeURIComponent(second)).toBe(body.toWellFormed())
        expect(decodeURIComponent(first.replace('subject=', ''))).toBe(subject.toWellFormed())
      }),
    )
  })

  test('of half a character is a link all the same', () => {
    expect(messageLink(phone, { ...message, text: '\uD83D' })).toBe(
      'sms:+4915112345678?&body=%EF%BF%BD',
    )
  })
})
