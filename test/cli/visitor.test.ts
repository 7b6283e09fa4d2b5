import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { readForms } from '../../cli/demo/html-form.js';
import { visitPage, type VisitOptions } from '../../cli/demo/visitor.js';
import { CARD } from './cli-fixture.js';

const DONE = 'https://shop.example/payout/done';
const PAGE = `<h1>Pay</h1>
<form method="post" action="/submit?order=1&amp;x=2">
  <input type="hidden" name="token" value="&lt;a&#32;b&gt;"><input id="pan" name="pan" autofocus>
  <button class="quiet" name="action" value="cancel">Cancel</button><button name="action" value="pay"><b>Pay</b> out</button>
</form>`;

type Handler = (request: IncomingMessage & { body: string }, response: ServerResponse) => void;
let close: (() => void) | undefined;
afterEach(() => close?.());

async function serve(handler: Handler): Promise<string> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => handler(Object.assign(request, { body }), response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => server.close();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function visit(url: string, change: Partial<VisitOptions> = {}): Promise<string> {
  return visitPage({
    action: { type: 'redirect', url },
    visit: 'complete',
    cards: [{ number: CARD }],
    returnUrls: [DONE],
    ...change,
  });
}

/** A page, a form, and two redirects: over another door of the same server to the shop. */
async function provider(): Promise<{ url: string; seen: string[] }> {
  const seen: string[] = [];
  const url = await serve((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.body}`);
    if (request.url === '/page') response.end(PAGE);
    else if (request.url?.startsWith('/submit')) response.writeHead(303, { location: '/return/1' }).end();
    else response.writeHead(302, { location: `${DONE}?payoutId=P-1` }).end();
  });
  return { url, seen };
}

describe('a visitor', () => {
  it('types the card, presses the button and goes where the page sends the browser, up to the shop', async () => {
    const { url, seen } = await provider();
    expect(await visit(`${url}/page`)).toBe(`${DONE}?payoutId=P-1`);
    expect(seen).toEqual([
      'GET /page ',
      `POST /submit?order=1&x=2 token=%3Ca+b%3E&pan=${CARD}&action=pay`,
      'GET /return/1 ',
    ]);
  });

  it('who cancels types nothing and presses the other button', async () => {
    const { url, seen } = await provider();
    await visit(`${url}/page`, { visit: 'cancel' });
    expect(seen[1]).toBe('POST /submit?order=1&x=2 token=%3Ca+b%3E&pan=&action=cancel');
  });

  it('posts the fields of an action that is a form', async () => {
    const { url, seen } = await provider();
    const action = { type: 'form_post', url: `${url}/submit`, fields: { MD: '1' } } as const;
    expect(await visit(url, { action })).toContain(DONE);
    expect(seen[0]).toBe('POST /submit MD=1');
  });

  it.each<[string, Handler, RegExp]>([
    ['an error page', (_, response) => response.writeHead(404).end('gone'), /answered 404 before any form/],
    ['a page without a form', (_, response) => response.end('<p>hello'), /answered 200 before any form/],
    [
      'a form that wants something else typed',
      (_, response) => response.end('<form><input name="sms"><button>Go</button></form>'),
      /asks for sms: a scripted visitor has only a card/,
    ],
    ['a card refused', (_, response) => response.end(PAGE), /after the form was sent and led no further/],
    ['a loop', (_, response) => response.writeHead(302, { location: '/again' }).end(), /more than 12 times/],
  ])('says what is wrong with %s', async (_, handler, words) => {
    await expect(visit(await serve(handler))).rejects.toThrow(words);
  });

  it('tries the next card where one was declined, and tells number, expiry and code apart', async () => {
    const typed: string[] = [];
    const form =
      '<form method="post"><input name="pan"><input name="expiry"><input name="cvv"><input name="holder"></form>';
    const url = await serve((request, response) => {
      if (request.method === 'GET') return response.end(form);
      typed.push(request.body);
      if (typed.length === 1) return response.writeHead(422).end(form);
      return response.writeHead(302, { location: DONE }).end();
    });
    const cards = [
      { number: '1', expiry: '12/31', code: '222', holder: 'A' },
      { number: '2', expiry: '11/31', code: '123', holder: 'A' },
    ];
    expect(await visit(url, { cards })).toBe(DONE);
    expect(typed).toEqual(['pan=1&expiry=12%2F31&cvv=222&holder=A', 'pan=2&expiry=11%2F31&cvv=123&holder=A']);
  });

  it('sends a page on that sends itself on', async () => {
    const url = await serve((request, response) => {
      if (request.method === 'POST') return response.writeHead(303, { location: DONE }).end();
      return response.end(
        '<form id="f" method="post" action="/back"><input type="hidden" name="a" value="b"><button>Go on</button></form><script>document.getElementById("f").submit()</script>',
      );
    });
    expect(await visit(url, { visit: 'cancel' })).toBe(DONE);
  });

  it('says so where nothing goes on', async () => {
    const url = await serve((_, response) => response.end('<form><button>Cancel</button></form>'));
    await expect(visit(url)).rejects.toThrow('no button that goes on');
  });

  it('without a card of its own says so where one is asked for', async () => {
    const { url } = await provider();
    await expect(visit(`${url}/page`, { cards: undefined })).rejects.toThrow('asks for a card number');
  });

  it('says so where nothing cancels', async () => {
    const url = await serve((_, response) =>
      response.end('<form><input name="pan"><button>Pay</button></form>'),
    );
    await expect(visit(url, { visit: 'cancel' })).rejects.toThrow('no button that cancels');
  });

  it('sends a form of method GET in the address', async () => {
    const seen: string[] = [];
    const url = await serve((request, response) => {
      seen.push(String(request.url));
      if (seen.length === 1) response.end(`<form action='/go'><input name=pan></form>`);
      else response.writeHead(302, { location: DONE }).end();
    });
    await visit(url);
    expect(seen[1]).toBe(`/go?pan=${CARD}`);
  });
});

const BANK = `<h1>Confirm with your bank</h1>
<form method="post" action="/finish"><input type="hidden" name="MD" value="order-1">
<button class="quiet" name="PaRes" value="N">Refuse</button><button name="PaRes" value="Y">Confirm</button></form>`;

/** A bank's page, reached by GET or POST, whose finish leads only browsers on, as All2pay's does. */
async function bank(): Promise<{ url: string; seen: string[] }> {
  const seen: string[] = [];
  const url = await serve((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.body}`);
    if (request.url === '/acs') response.end(BANK);
    else if (request.url === '/card') response.end(PAGE);
    else if (request.url?.startsWith('/submit')) response.writeHead(303, { location: '/acs' }).end();
    else if (request.headers.accept !== 'text/html') response.end('{"errorCode":0}');
    else response.writeHead(303, { location: `${DONE}?payoutId=P-1` }).end();
  });
  return { url, seen };
}

describe('a visitor of a bank’s 3-D Secure', () => {
  it('types nothing and presses the button that confirms', async () => {
    const { url, seen } = await bank();
    expect(await visit(`${url}/acs`)).toContain(DONE);
    expect(seen).toEqual(['GET /acs ', 'POST /finish MD=order-1&PaRes=Y']);
  });

  it('who cancels presses the one that refuses', async () => {
    const { url, seen } = await bank();
    expect(await visit(`${url}/acs`, { visit: 'cancel' })).toContain(DONE);
    expect(seen[1]).toBe('POST /finish MD=order-1&PaRes=N');
  });

  it('comes by a form that the provider made, too', async () => {
    const { url, seen } = await bank();
    const action = {
      type: 'form_post',
      url: `${url}/acs`,
      fields: { MD: '1', PaReq: 'white page' },
    } as const;
    expect(await visit(url, { action })).toContain(DONE);
    expect(seen).toEqual(['POST /acs MD=1&PaReq=white+page', 'POST /finish MD=order-1&PaRes=Y']);
  });

  it('goes on to it from a page that asked for the card', async () => {
    const { url, seen } = await bank();
    expect(await visit(`${url}/card`)).toContain(DONE);
    expect(seen.at(-1)).toBe('POST /finish MD=order-1&PaRes=Y');
  });

  it('does not confirm twice', async () => {
    const url = await serve((_, response) => response.end(BANK));
    await expect(visit(url)).rejects.toThrow('after the form was sent and led no further');
  });
});

describe('a form', () => {
  it('is read with its fields, buttons and address', () => {
    expect(readForms(PAGE, 'https://bank.example/page?a=1')).toEqual([
      {
        method: 'POST',
        action: 'https://bank.example/submit?order=1&x=2',
        fields: { token: '<a b>', pan: '' },
        typed: ['pan'],
        buttons: [
          { name: 'action', value: 'cancel', label: 'Cancel' },
          { name: 'action', value: 'pay', label: 'Pay out' },
        ],
      },
    ]);
  });

  it('without an address goes back to its own page', () => {
    expect(readForms('<form method=POST></form>', 'https://bank.example/p?a=1')[0]).toMatchObject({
      method: 'POST',
      action: 'https://bank.example/p?a=1',
    });
  });
});
