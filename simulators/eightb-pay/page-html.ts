/** The hosted page and the bank's as HTML. Everything that came from outside is escaped. 8b.world /pay §10. */
import { createHash } from 'node:crypto';

import { escapeHtml } from '../all2pay/page-html.js';
import { toDecimal } from './decimal.js';
import type { Order } from './order.js';
import { pageTexts } from './page-texts.js';

const STYLE = `
:root{color-scheme:light dark}
body{margin:0;min-height:100vh;display:grid;place-items:center;font:16px/1.5 system-ui,sans-serif}
main{width:min(26rem,calc(100vw - 2rem));padding:2rem;border:1px solid #8884;border-radius:16px}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem}
dd{margin:0;text-align:right;overflow-wrap:anywhere}
label{display:block;margin:.75rem 0 .25rem}
input{width:100%;box-sizing:border-box;padding:.6rem;font:inherit}
.error{color:#c62f3b}
button,a.button{display:inline-block;margin:1rem .5rem 0 0;padding:.6rem 1rem;font:inherit}
small{display:block;margin-top:1.5rem;opacity:.7}
`;

/** Sent with every page: no script runs, nothing is loaded or stored. It may stand in a frame (§4.1 `url`). */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** @param action where the form goes; '' is the page itself */
export function cardPage(order: Order, action: string, error?: string): string {
  const texts = pageTexts(order.lang);
  const complaint = error === undefined ? '' : `<p class="error" role="alert">${escapeHtml(error)}</p>`;
  const field = (name: string, label: string, hint: string): string =>
    `<label for="${name}">${label}</label><input id="${name}" name="${name}" placeholder="${hint}">`;
  return layout(
    order.lang,
    `<h1>${texts.title}</h1>${summary(order)}${complaint}
<form method="post" action="${escapeHtml(action)}" autocomplete="off">
${field('pan', texts.card, '4111 1111 1111 1111')}
${field('expiry', texts.expiry, '12/30')}
${field('cvv', texts.code, '123')}
${field('holder', texts.holder, 'ANNA PETROVA')}
<button name="action" value="pay">${texts.pay}</button>
<button name="action" value="leave">${texts.leave}</button>
</form>`,
  );
}

/** 3-D Secure: the bank asks. */
export function challengePage(order: Order, action: string): string {
  const texts = pageTexts(order.lang);
  return layout(
    order.lang,
    `<h1>${texts.challenge}</h1>${summary(order)}
<form method="post" action="${escapeHtml(action)}">
<button name="PaRes" value="Y">${texts.approve}</button>
<button name="PaRes" value="N">${texts.refuse}</button>
</form>`,
  );
}

export function messagePage(lang: string, message: string, back?: string): string {
  const { leave } = pageTexts(lang);
  const link = back === undefined ? '' : `<a class="button" href="${escapeHtml(back)}">${leave}</a>`;
  return layout(lang, `<h1>${escapeHtml(message)}</h1>${link}`);
}

function summary({ lang, amount, currency, reference, description }: Order): string {
  const texts = pageTexts(lang);
  return `<dl><dt>${texts.amount}</dt><dd>${toDecimal(amount)} ${escapeHtml(currency)}</dd>
<dt>${texts.order}</dt><dd>${escapeHtml(reference)}</dd></dl><p>${escapeHtml(description)}</p>`;
}

function layout(lang: string, content: string): string {
  const { title, note } = pageTexts(lang);
  return `<!doctype html>
<html lang="${escapeHtml(lang)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title><style>${STYLE}</style></head>
<body><main>${content}<small>${note}</small></main></body>
</html>
`;
}
