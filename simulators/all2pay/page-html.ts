/** The hosted page as HTML. Everything that came from outside is escaped. All2pay payouts document §5 "Page sequence". */
import { createHash } from 'node:crypto';

import type { Order } from './order.js';
import type { PageTexts } from './page-texts.js';

const STYLE = `
:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:#eef1f6;color:#16202e;
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{width:min(26rem,calc(100vw - 2rem));margin:1rem;padding:2rem;background:#fff;border-radius:16px;
box-shadow:0 12px 40px rgba(22,32,46,.12)}
h1{margin:0 0 1.25rem;font-size:1.3rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:0 0 1.25rem}
dt,.hint,small{color:#66738a}
dd{margin:0;text-align:right;overflow-wrap:anywhere}
dd.sum{font-size:1.25rem;font-weight:600}
label{display:block;margin-bottom:.25rem;font-weight:500}
input{width:100%;padding:.75rem 1rem;border:1px solid #b9c3d3;border-radius:10px;background:transparent;color:inherit;
font:inherit;font-size:1.15rem;letter-spacing:.06em}
input[aria-invalid=true]{border-color:#c62f3b}
.hint{margin:.4rem 0 1.25rem;font-size:.9rem}
.error{margin:.4rem 0 0;color:#c62f3b;font-size:.95rem}
.buttons{display:flex;gap:.75rem}
button,a.button{flex:1;padding:.8rem 1rem;border:0;border-radius:10px;background:#1f5eff;color:#fff;font:inherit;
font-weight:600;text-align:center;text-decoration:none;cursor:pointer}
button.quiet{flex:0 1 auto;background:#e7ebf2;color:#16202e}
small{display:block;margin-top:1.5rem;text-align:center}
@media (prefers-color-scheme:dark){body{background:#10151d;color:#e8edf5}main{background:#1a212c}
button.quiet{background:#2b3442;color:#e8edf5}input{border-color:#465268}dt,.hint,small{color:#98a5ba}}
`;

/** Sent with every page: no script runs, nothing is loaded or stored, no other site frames it or learns its address. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

export function formPage(order: Order, language: string, texts: PageTexts, error?: string): string {
  const invalid = error === undefined ? '' : ' aria-invalid="true" aria-describedby="error"';
  const complaint =
    error === undefined ? '' : `<p class="error" id="error" role="alert">${escapeHtml(error)}</p>`;
  return layout(
    language,
    texts,
    `<h1>${texts.title}</h1>${summary(order, texts)}
<form method="post" autocomplete="off">
<label for="pan">${texts.card}</label>
<input id="pan" name="pan" inputmode="numeric" maxlength="23" placeholder="0000 0000 0000 0000" autofocus${invalid}>
${complaint}<p class="hint">${texts.hint}</p>
<div class="buttons"><button name="action" value="pay">${texts.pay}</button>
<button class="quiet" name="action" value="cancel">${texts.cancel}</button></div>
</form>`,
  );
}

export function messagePage(
  language: string,
  texts: PageTexts,
  message: string,
  order?: Order,
  back?: string,
): string {
  const link =
    back === undefined
      ? ''
      : `<div class="buttons"><a class="button" href="${escapeHtml(back)}">${texts.back}</a></div>`;
  return layout(
    language,
    texts,
    `<h1>${escapeHtml(message)}</h1>${order ? summary(order, texts) : ''}${link}`,
  );
}

/** The 3DS page of the card's bank: `finish` is asked with `MD` and the person's answer. */
export function challengePage(texts: PageTexts, about: string, finish: string, mdOrder: string): string {
  return layout(
    'en',
    texts,
    `<h1>${texts.challenge}</h1><p>${escapeHtml(about)}</p>
<form method="post" action="${escapeHtml(finish)}"><input type="hidden" name="MD" value="${escapeHtml(mdOrder)}">
<div class="buttons"><button name="PaRes" value="Y">${texts.approve}</button>
<button class="quiet" name="PaRes" value="N">${texts.refuse}</button></div>
</form>`,
  );
}

function summary(order: Order, texts: PageTexts): string {
  const description = order.description === undefined ? '' : `<p>${escapeHtml(order.description)}</p>`;
  return `<dl><dt>${texts.amount}</dt><dd class="sum">${roubles(order.amount)}</dd>
<dt>${texts.order}</dt><dd>${escapeHtml(order.orderNumber)}</dd></dl>${description}`;
}

/** Kopecks as `2 500.00 ₽`, in integers only. */
export function roubles(kopecks: number): string {
  const whole = String(Math.trunc(kopecks / 100)).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  return `${whole}.${String(kopecks % 100).padStart(2, '0')}\u00a0\u20bd`;
}

function layout(language: string, texts: PageTexts, content: string): string {
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${texts.title}</title><style>${STYLE}</style></head>
<body><main>${content}<small>${texts.note}</small></main></body>
</html>
`;
}
