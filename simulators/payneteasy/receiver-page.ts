/** The receiver's form at `redirect-to`, and the browser's final redirect after it. Payneteasy §8 and §12. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Bank } from './bank.js';
import { callbackParams } from './callback-message.js';
import { readForm } from './encoding.js';
import type { Ledger } from './ledger.js';
import type { Order } from './order.js';
import type { Settings } from './settings.js';

export const FORM_PATH = '/paynet/form';

export interface PageParts {
  readonly ledger: Ledger;
  readonly bank: Bank;
  readonly settings: Settings;
}

/** GET shows the form; POST with `action=approve` or `decline` sends it off. */
export function servePage(app: FastifyInstance, { ledger, bank, settings }: PageParts): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  const found = (request: FastifyRequest): Order | undefined =>
    ledger.findByForm((request.params as { readonly token: string }).token);

  app.get(`${FORM_PATH}/:token`, (request, reply) => {
    const order = found(request);
    if (!order) return html(reply, 404, '<p>There is no such form any more.</p>');
    return html(reply, 200, formOf(order));
  });
  app.post(`${FORM_PATH}/:token`, (request, reply) => {
    const order = found(request);
    const { action } = readForm(String(request.body)) ?? {};
    if (!order) return html(reply, 404, '<p>There is no such form any more.</p>');
    const known = action === 'approve' || action === 'decline';
    if (!known || !bank.answerForm(order, action === 'approve')) return html(reply, 200, formOf(order));
    const merchant = settings.merchants.get(order.login);
    const params = merchant && callbackParams(order, merchant);
    if (!params || order.redirectUrl === undefined) return html(reply, 200, '<p>Thank you.</p>');
    return html(reply, 200, finalRedirect(order.redirectUrl, params));
  });
}

function formOf({ amountMinor, currency, form }: Order): string {
  return `<form method="post" action="${FORM_PATH}/${form?.token ?? ''}">
<p>You will receive ${amountMinor} (minor units of ${currency}).</p>
<button name="action" value="approve">Receive</button>
<button name="action" value="decline">Decline</button>
</form>`;
}

/** A page that posts itself to the merchant, as the receiver's browser does. */
function finalRedirect(url: string, params: Readonly<Record<string, string>>): string {
  const fields = Object.entries(params).map(
    ([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`,
  );
  return `<form id="back" method="post" action="${escape(url)}">${fields.join('\n')}
<button>Continue</button></form>
<script>document.getElementById('back').submit()</script>`;
}

function html(reply: FastifyReply, status: number, body: string): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .send(`<!doctype html><html><body>${body}</body></html>`);
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
