import type { Session } from './sessions.js';

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem;color:#1a1a1a}' +
  'input,button{font:inherit;padding:.4rem .6rem}input{width:100%;box-sizing:border-box;margin:.3rem 0 1rem}' +
  '.problem{color:#a00000}';

/** What the page may do: show itself, and send its form back. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

export function loginPage(problem?: string): string {
  const words = problem === undefined ? '' : `<p class="problem" role="alert">${escapeHtml(problem)}</p>`;
  return page(
    'Read encrypted payloads',
    `${words}<form method="post" action="/login">
<label for="key">API key (role operate or approve, of no merchant)</label>
<input id="key" name="key" type="password" autocomplete="off" autofocus required>
<button>Log in</button>
</form>
<p>This browser can then read in the Temporal UI what Temporal keeps encrypted. Each look is logged with the key's name.</p>`,
  );
}

export function loggedInPage({ key, endsAt }: Session, uiUrl: string): string {
  const until = new Date(endsAt).toISOString().slice(0, 16).replace('T', ' ');
  return page(
    'Logged in',
    `<p>As <b>${escapeHtml(key.name)}</b>, until ${until} UTC.</p>
<p><a href="${escapeHtml(uiUrl)}">Open the Temporal UI</a></p>
<p>If it still shows encrypted payloads, as that of <code>payouts up</code> does: there, in the settings of the codec server, choose
your browser's setting once, with the address of this server as the endpoint and “Include cross-origin credentials” on.</p>
<form method="post" action="/logout"><button>Log out</button></form>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${STYLE}</style></head>
<body><h1>${title}</h1>
${body}
</body></html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
