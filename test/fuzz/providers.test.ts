import { createHash, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readKeys } from '../../providers/all2pay/keys-answer.js';
import { readBody } from '../../providers/all2pay/responses.js';
import { readResponse } from '../../providers/eightb-disbursement/responses.js';
import { readWireTime } from '../../providers/eightb-disbursement/dates.js';
import { decodeForm } from '../../providers/eightb-disbursement/form.js';
import { parseXml } from '../../providers/eightb-disbursement/xml.js';
import { readEnvelope } from '../../providers/eightb-pay/envelope.js';
import { readAnswer } from '../../providers/payneteasy/responses.js';
import { openAccounts, readAccountConfigs } from '../../workers/load-accounts.js';
import { hostileBytes, hostileText, survives } from './hostile.js';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const secret = 'ooc7slpvc61k7sf7ma7p4hrefr';
const env = new Proxy({}, { get: (_, name) => (String(name).endsWith('KEY') ? pem : secret) });
const { accounts } = openAccounts(
  readAccountConfigs('examples/accounts.yaml', { env, simulators: 'run' }),
  {},
);

const data = Buffer.from('{"api_key":"acme-shop","reference":"r-1","transaction_id":"1"}').toString('base64');
/** One good message of each provider: what the reader is far in with before it finds the fault. */
const MESSAGES = [
  'mdOrder=06cf5599-3f17&operation=approved&orderNumber=2003&status=1&checksum=EAF2FB72CAB99FD5067F4BA493DD84F4',
  'id=AB12&dt=2026-07-01+12%3A00%3A00&amount=100.50&result=1&destination=3&hash=0123456789abcdef0123456789abcdef',
  `data=${encodeURIComponent(data)}&sign=${createHash('md5').update(data).digest('hex')}`,
  'status=approved&orderid=42&client_orderid=abc&merchant_order=abc&type=sale&control=0123456789abcdef0123456789abcdef01234567',
];

describe('callbacks', () => {
  it.each([...accounts.keys()])('of %s are refused or taken, whatever comes', (account) => {
    const provider = accounts.get(account)?.provider;
    if (!provider) throw new Error('no such account');
    const kinds = new Set<string>();
    const read = (method: 'GET' | 'POST', url: string, body: Buffer, headers: Record<string, string>) => {
      const { kind } = provider.readCallback({ method, url, body: new Uint8Array(body), headers });
      kinds.add(kind);
    };
    const header = fc.dictionary(
      fc.constantFrom('content-type', 'content-encoding', 'x-sign', 'host'),
      hostileText('application/x-www-form-urlencoded; charset=utf-8'),
      { maxKeys: 2 },
    );
    survives(fc.tuple(hostileBytes(...MESSAGES), header), ([body, headers]) =>
      read('POST', '/callbacks/x', body, headers),
    );
    survives(hostileText(...MESSAGES.map((query) => `/callbacks/x?${query}`)), (url) =>
      read('GET', url, Buffer.alloc(0), {}),
    );
    // None of these bytes was signed with this account's secret.
    expect([...kinds]).toEqual(['refused']);
  });
});

describe('answers', () => {
  const xml =
    '<?xml version="1.0" encoding="utf-8"?><response><result>OK</result><id>AB12</id><hash a="b">0f</hash>' +
    '<payments><payment id="1"><amount>10.50</amount></payment><payment id="2"/></payments></response>';
  const json =
    '{"errorCode":"0","formUrl":"https://a.example/p","list":[{"a":1.5e3},null,true],"note":"\\u0416"}';
  const form =
    'type=async-response\n&serial-number=00-01\n&merchant-order-id=abc\n&status=approved\n&amount=1%2E50\n';
  const csv = 'id;dt;amount;result\nAB12;2026-07-01 12:00:00;10.50;1\n"x;""y";;;\n';
  const good = [xml, json, form, csv, `{"success":true,"data":"${data}","sign":"00"}`];
  const http = { kind: 'response', status: 200 } as const;
  const types = hostileText('application/json', 'text/xml; charset=windows-1251');

  it.each<[string, (body: Buffer, type: string) => unknown]>([
    ['All2pay', (body, type) => readBody({ ...http, body, headers: { 'content-type': type } }, true)],
    [
      'All2pay, strict',
      (body, type) => readBody({ ...http, body, headers: { 'content-type': type } }, false),
    ],
    ['8b.world Disbursement', (body) => readResponse({ body })],
    ['8b.world Disbursement, XML', (body) => parseXml(body)],
    ['8b.world Disbursement, form', (body) => decodeForm(body)],
    [
      '8b.world Disbursement, time',
      (body, type) => [body.toString(), type].map((text) => readWireTime(text, 'Europe/Kyiv')),
    ],
    ['8b.world /pay', (body) => readEnvelope({ body }, { secretKey: secret, signAlgorithm: 'md5' })],
    ['Payneteasy', (body) => readAnswer({ body })],
  ])('of %s are read or found unreadable', (_, read) => {
    survives(fc.tuple(hostileBytes(...good), types), ([body, type]) => void read(body, type));
  });

  it('with keys of All2pay are read, or refused in words', () => {
    const jwks = '{"keys":[{"keyId":"1","keyValue":"-----BEGIN PUBLIC KEY-----","expiration":1700000000}]}';
    survives(
      hostileBytes(jwks),
      (body) => void readKeys(body),
      (error) => error instanceof Error,
    );
  });

  it('with entities that grow are refused', () => {
    const bomb = `<!DOCTYPE a [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><a>&b;</a>`;
    expect([parseXml(Buffer.from(bomb)), parseXml(Buffer.from(`\ufeff${bomb}`))]).toEqual([
      undefined,
      undefined,
    ]);
  });
});
