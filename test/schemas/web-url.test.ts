import fc from 'fast-check';
import { expect, it } from 'vitest';
import { webAddress } from '../../providers/web-address.js';
import { webUrlFault } from '../../schemas/web-url.js';

it.each([
  'https://shop.example/done?a=1#b',
  'https://shop.example:8443',
  'https://münchen.example/ü',
  'http://localhost:3000/done',
  'http://127.0.0.1/done',
  'http://[::1]:8080/',
])('a browser may be sent to %s', (url) => {
  expect(webUrlFault(url)).toBeUndefined();
  expect(webAddress(url)).toBe(url);
});

it.each([
  ['javascript:alert(1)', 'not_web'],
  ['JaVaScRiPt://shop.example/%0aalert(1)', 'not_web'],
  ['data:text/html,<script>', 'not_web'],
  ['vbscript:x', 'not_web'],
  ['file:///etc/passwd', 'not_web'],
  ['blob:https://shop.example/1', 'not_web'],
  ['//shop.example', 'not_absolute'],
  ['/done', 'not_absolute'],
  ['https:shop.example', 'not_absolute'],
  ['https:/shop.example', 'not_absolute'],
  ['https:///shop.example', 'not_absolute'],
  ['https:\\\\shop.example', 'not_absolute'],
  ['https://shop.example\\@evil.example', 'not_absolute'],
  ['java\tscript:alert(1)', 'not_absolute'],
  [' https://shop.example', 'not_absolute'],
  ['https://shop.example/\r\nset-cookie: a=b', 'not_absolute'],
  ['https://shop.example/\u0000', 'not_absolute'],
  ['https://shop.example@evil.example', 'credentials'],
  ['https://a:b@shop.example', 'credentials'],
  ['http://shop.example/done', 'not_encrypted'],
  ['http://localhost.evil.example', 'not_encrypted'],
])('a browser is not sent to %j: %s', (url, why) => {
  expect(webUrlFault(url)).toBe(why);
  // A provider's own page may be http where a simulator plays it; all else is as bad from there.
  if (why !== 'not_encrypted') expect(webAddress(url)).toBeUndefined();
});

it('whatever else is written, what is let through is http(s) to the very host that is read', () => {
  const pieces = fc.constantFrom(
    ...[
      'https',
      'http',
      'javascript',
      ':',
      '/',
      '//',
      '\\',
      '@',
      '.',
      '?',
      '#',
      '%0a',
      '\t',
      ' ',
      'a',
      '[::1]',
    ],
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(pieces).map((parts) => parts.join('')),
        fc.webUrl(),
        fc.string(),
      ),
      (text) => {
        if (webAddress(text) === undefined && webUrlFault(text) !== undefined) return;
        const { protocol, username, host } = new URL(text);
        expect(protocol).toMatch(/^https?:$/);
        expect(username).toBe('');
        expect(host).not.toBe('');
      },
    ),
    { numRuns: 500 },
  );
});
